using SpeechEmotion.Inference;
using SpeechEmotion.Quantization;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Monitoring;

/// <summary>How far the server's own model is.</summary>
/// <param name="State">Loading, ready or failed.</param>
/// <param name="Id">Its name; null until it is ready.</param>
/// <param name="Precision">Arithmetic of the graph.</param>
/// <param name="Hash">The first 16 hexadecimal digits of the SHA-256 of what it was made from.</param>
/// <param name="License">Licence of the weights.</param>
/// <param name="CommercialUse">False where the licence forbids commercial use; null where that is not known.</param>
/// <param name="Message">What people should know while it is not ready, or of its precision and device, in the language that was asked for.</param>
/// <param name="Progress">Share of an import that is done; null where none goes on.</param>
/// <param name="Device">What computes it: the processor, or CUDA.</param>
public sealed record ModelStatus(
    ModelState State, string? Id, string? Precision, string? Hash, string? License, bool? CommercialUse, string? Message, double? Progress,
    ComputeDevice Device)
{
    internal static ModelStatus Of(RecognizerPool recognizers, string language)
    {
        // Each once, since another model may take over meanwhile; the state first, since it is set last.
        var (state, identity) = (recognizers.State, recognizers.Identity);
        return new(
            state, identity?.Id, identity?.Precision, identity?.Hash, identity?.License, identity?.CommercialUse,
            Text(recognizers, language), recognizers.Import?.Fraction, recognizers.Device);
    }

    private static string? Text(RecognizerPool recognizers, string language) => recognizers.State switch
    {
        ModelState.Failed => recognizers.Error?.TextIn(language),
        ModelState.Ready => Doubts(recognizers, language),
        _ when recognizers.Import is { } import => language == "zh" ? $"正在导入模型 {import.ModelId}（仅需一次）" : $"Importing the model {import.ModelId} (only once)",
        _ => language == "zh" ? "正在加载模型" : "Loading the model",
    };

    private static string? Doubts(RecognizerPool recognizers, string language)
    {
        var precision = recognizers.Int8Fault is { } fault ? Doubt(fault.TextIn(language), language) : null;
        var device = recognizers.DeviceFault is { Demanded: true } refused ? refused.SentenceIn(language) : null;
        return precision is null || device is null ? precision ?? device : $"{device} {precision}";
    }

    private static string Doubt(string fault, string language) => language == "zh" ? $"int8 未获认证：{fault}" : $"int8 is not certified: {fault}";
}
