using System.Globalization;

namespace SpeechEmotion.Models;

/// <summary>
/// How an imported model answered its publisher's example on this machine, in float32, beside FunASR's published answer. Scores are compared as
/// natural logarithms, so that the smallest counts as much as the largest: it is a fingerprint of the weights and of all arithmetic.
/// </summary>
public sealed record ReferenceCertificate
{
    /// <summary>The most by which the natural logarithm of a score may differ.</summary>
    public const double MostDifference = 0.05;

    /// <summary>The label that the model gave.</summary>
    public required string Label { get; init; }

    /// <summary>The label that FunASR gave; null where the model has other labels than the reference.</summary>
    public string? ReferenceLabel { get; init; }

    /// <summary>The largest difference between the natural logarithms of two scores; null where it is not a number, or labels differ in their count.</summary>
    public double? Difference { get; init; }

    /// <summary>The label whose score differs most.</summary>
    public string? DifferenceLabel { get; init; }

    /// <summary>SHA-256 of the example's bytes, lower-case hexadecimal.</summary>
    public required string ExampleSha256 { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Version of ONNX Runtime.</summary>
    public required string Engine { get; init; }

    /// <summary>What the processor can do.</summary>
    public required string Processor { get; init; }

    /// <summary>Whether the label is FunASR's, and each logarithm lies within <see cref="MostDifference"/>.</summary>
    public bool Agrees => Label == ReferenceLabel && Difference <= MostDifference;

    /// <summary>The outcome in a sentence without a full stop, in English or, for <c>zh</c>, in Chinese.</summary>
    public string TextIn(string language)
    {
        var largest = Difference is { } difference
            ? difference.ToString("0.####", CultureInfo.InvariantCulture)
            : language == "zh" ? "无法计算" : "not a number";
        return (Agrees, language) switch
        {
            (true, "zh") => $"对自带示例的回答与 FunASR 一致：{Label}，得分自然对数最大差 {largest}",
            (true, _) => $"answers its own example as FunASR does: {Label}, natural logarithms of the scores differ by {largest} at most",
            (false, "zh") => $"对自带示例的回答与 FunASR 不同：本机为 {Label}，FunASR 为 {ReferenceLabel ?? "其他标签"}；得分自然对数最大差 {largest}（{DifferenceLabel ?? "-"}，上限 0.05）",
            _ => $"answers its own example otherwise than FunASR: {Label} here, {ReferenceLabel ?? "other labels"} there; natural logarithms of the scores differ by {largest} at most ({DifferenceLabel ?? "-"}, limit 0.05)",
        };
    }

    /// <summary>What a user can do about a difference, a sentence; null where there is none.</summary>
    /// <param name="id">The model.</param>
    /// <param name="language"><c>zh</c> for Chinese, else English.</param>
    public string? AdviceIn(string id, string language) => (Agrees, language) switch
    {
        (true, _) => null,
        (_, "zh") => $"模型仍可使用，但结果可能有误。请先运行 ser models verify {id} 检查文件；若文件完好，请把 ser models show {id} 的输出报告给项目维护者。",
        _ => $"The model can be used, but its results may be wrong. Run ser models verify {id} to check its files; if they are whole, report the output of ser models show {id} to the project's maintainers.",
    };
}
