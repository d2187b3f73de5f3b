namespace SpeechEmotion.Inference;

/// <summary>The reason why a model runs on the CPU although CUDA was requested.</summary>
/// <param name="Demanded">Whether CUDA was requested by name (<see cref="ComputeDevice.Cuda"/>), so that a warning is due.</param>
/// <param name="Text">The reason as a clause without a full stop, in English.</param>
/// <param name="TextZh">The same clause in Chinese.</param>
public sealed record DeviceFault(bool Demanded, string Text, string TextZh)
{
    /// <summary>The clause in the requested language.</summary>
    public string TextIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? TextZh : Text;

    /// <summary>A sentence for people in the requested language: what is unavailable, why, and what is used instead.</summary>
    public string SentenceIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? $"未使用 CUDA：{TextZh}。改由 CPU 计算。"
            : $"CUDA is not used: {Text}. The model runs on the CPU.";
}
