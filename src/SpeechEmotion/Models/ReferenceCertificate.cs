using System.Globalization;

namespace SpeechEmotion.Models;

/// <summary>
/// The answer of an imported model to its publisher's example on this machine, in float32, compared with FunASR's published answer.
/// Scores are compared by their natural logarithms, so that the smallest counts as much as the largest: the comparison is a fingerprint
/// of the weights and of all arithmetic.
/// </summary>
public sealed record ReferenceCertificate
{
    /// <summary>The largest accepted difference between the natural logarithms of two scores.</summary>
    public const double MostDifference = 0.05;

    /// <summary>The label that the model gave.</summary>
    public required string Label { get; init; }

    /// <summary>The label that FunASR gave; null if the model has other labels than the reference.</summary>
    public string? ReferenceLabel { get; init; }

    /// <summary>
    /// The largest difference between the natural logarithms of two scores; null if it is not a number, or if the numbers of labels
    /// differ.
    /// </summary>
    public double? Difference { get; init; }

    /// <summary>The label whose score differs most.</summary>
    public string? DifferenceLabel { get; init; }

    /// <summary>The SHA-256 of the example's bytes in lower-case hexadecimal.</summary>
    public required string ExampleSha256 { get; init; }

    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The version of ONNX Runtime.</summary>
    public required string Engine { get; init; }

    /// <summary>The features of the CPU.</summary>
    public required string Processor { get; init; }

    /// <summary>Whether the label is FunASR's, and every logarithm is within <see cref="MostDifference"/>.</summary>
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
            (true, _) => $"answers its own example as FunASR does: {Label}, natural logarithms of the scores differ by at most {largest}",
            (false, "zh") => $"对自带示例的回答与 FunASR 不同：本机为 {Label}，FunASR 为 {ReferenceLabel ?? "其他标签"}；"
                + $"得分自然对数最大差 {largest}（{DifferenceLabel ?? "-"}，上限 0.05）",
            _ => $"answers its own example differently from FunASR: {Label} here, {ReferenceLabel ?? "other labels"} there; "
                + $"natural logarithms of the scores differ by at most {largest} ({DifferenceLabel ?? "-"}, limit 0.05)",
        };
    }

    /// <summary>The advice to the user about a difference, as a sentence; null if there is no difference.</summary>
    /// <param name="id">The name of the model.</param>
    /// <param name="language">The language: <c>zh</c> for Chinese, otherwise English.</param>
    public string? AdviceIn(string id, string language) => (Agrees, language) switch
    {
        (true, _) => null,
        (_, "zh") => $"模型仍可使用，但结果可能有误。请先运行 ser models verify {id} 检查文件；"
            + $"若文件完好，请把 ser models show {id} 的输出报告给项目维护者。",
        _ => $"The model can be used, but its results may be wrong. Run ser models verify {id} to check its files; "
            + $"if they are intact, report the output of ser models show {id} to the project's maintainers.",
    };
}
