namespace SpeechEmotion.Inference;

/// <summary>Why the processor computes where CUDA was asked for.</summary>
/// <param name="Demanded">Whether it was asked for by name (<see cref="ComputeDevice.Cuda"/>), so that people should be told.</param>
/// <param name="Text">A clause without a full stop, in English.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record DeviceFault(bool Demanded, string Text, string TextZh)
{
    /// <summary>The clause in the asked-for language.</summary>
    public string TextIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? TextZh : Text;

    /// <summary>A sentence for people in the asked-for language: what was not to be had, why, and what computes instead.</summary>
    public string SentenceIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? $"未使用 CUDA：{TextZh}。改由 CPU 计算。"
            : $"CUDA is not used: {Text}. The CPU computes.";
}
