using SpeechEmotion.Inference;
using SpeechEmotion.Quantization;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Monitoring;

/// <summary>The status of the default model.</summary>
/// <param name="State">State of the model: loading, ready or failed.</param>
/// <param name="Id">Name of the model; null until it is ready.</param>
/// <param name="Precision">Precision of the model, for example <c>fp32</c>; null until it is ready.</param>
/// <param name="Hash">The first 16 hexadecimal digits of the SHA-256 of the weights; null until the model is ready.</param>
/// <param name="License">License of the weights; null until the model is ready.</param>
/// <param name="CommercialUse">False if the license forbids commercial use; null if unknown.</param>
/// <param name="Message">Why the model is not ready, or a note on its precision or device, in the requested language; else null.</param>
/// <param name="Progress">Finished share of a running import, 0 to 1; null if none is running.</param>
/// <param name="Device">The device that runs the model: the CPU or CUDA.</param>
public sealed record ModelStatus(
    ModelState State, string? Id, string? Precision, string? Hash, string? License, bool? CommercialUse, string? Message, double? Progress,
    ComputeDevice Device)
{
    internal static ModelStatus Of(RecognizerPool recognizers, string language)
    {
        // Read each once, because a switch may replace the model meanwhile; the state first, because it is set last.
        var (state, identity) = (recognizers.State, recognizers.Identity);
        return new(
            state, identity?.Id, identity?.Precision, identity?.Hash, identity?.License, identity?.CommercialUse,
            Text(recognizers, language), recognizers.Import?.Fraction, recognizers.Device);
    }

    private static string? Text(RecognizerPool recognizers, string language) => recognizers.State switch
    {
        ModelState.Failed => recognizers.Error?.TextIn(language),
        ModelState.Ready => Doubts(recognizers, language),
        _ when recognizers.Import is { } import => language == "zh"
            ? $"正在导入模型 {import.ModelId}（仅需一次）"
            : $"Importing the model {import.ModelId} (only once)",
        _ => language == "zh" ? "正在加载模型" : "Loading the model",
    };

    private static string? Doubts(RecognizerPool recognizers, string language)
    {
        var precision = recognizers.Int8Fault is { } fault ? Doubt(fault.TextIn(language), language) : null;
        var device = recognizers.DeviceFault is { Demanded: true } refused ? refused.SentenceIn(language) : null;
        return precision is null || device is null ? precision ?? device : $"{device} {precision}";
    }

    private static string Doubt(string fault, string language) =>
        language == "zh" ? $"int8 未获认证：{fault}" : $"int8 is not certified: {fault}";
}
