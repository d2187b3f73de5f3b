using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary>The notice, once per run, which model is used, and for the small model how to get the large one.</summary>
internal static class ModelNotice
{
    public static string For(EmotionRecognizer recognizer, string language)
    {
        var chinese = language == "zh";
        var model = recognizer.Model.Identity;
        var line = chinese
            ? $"模型：{model.Id}（{model.Precision}，{model.Hash}）"
            : $"Model: {model.Id} ({model.Precision}, {model.Hash})";
        if (recognizer.Device == ComputeDevice.Cuda)
            line += "  CUDA";
        if (model.Check == ModelCheck.Parts)
            line += chinese ? $"\n该模型{model.Check.TextIn(language)}。" : $"\nIt was {model.Check.TextIn(language)}.";
        if (recognizer.DeviceFault is { Demanded: true } device)
            line += $"\n⚠ {device.SentenceIn(language)}";
        if (recognizer.Int8Fault is { } fault)
            line += $"\n{Doubt(model, fault, language)}";
        if (model.Id != ModelCatalogue.Compact)
            return line;
        return chinese
            ? $"{line}\n这是随产品附带的小模型，许可证 {model.License}，不得商用，准确度有限。" +
              "要用大模型，请运行：ser models pull emotion2vec_plus_large"
            : $"{line}\nThis is the small model that ships with the product, {model.License}: not for commercial use, and of limited " +
              "accuracy. For the large one, run: ser models pull emotion2vec_plus_large";
    }

    private static string Doubt(ModelIdentity model, Int8Fault fault, string language)
    {
        var chinese = language == "zh";
        var why = fault.TextIn(language);
        if (model.Precision == "int8")
            return chinese ? $"⚠ int8 未获认证：{why}。" : $"⚠ int8 is not certified: {why}.";
        var line = chinese ? $"未使用 int8：{why}。" : $"int8 is not used: {why}.";
        // If it was already compared on this machine, comparing again changes nothing.
        if (fault is not (Int8Fault.Missing or Int8Fault.Outdated or Int8Fault.OtherMachine))
            return line;
        return line + (chinese ? $"请运行：ser models certify {model.Id}" : $" Run: ser models certify {model.Id}");
    }
}
