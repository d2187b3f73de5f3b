using System.Globalization;

namespace SpeechEmotion.Models;

/// <summary>The comparison of an int8 model with its float32 original on the calibration clips.</summary>
public sealed record Int8Certificate
{
    /// <summary>The lowest accepted share of clips with the same label.</summary>
    public const double LeastAgreement = 0.99;

    /// <summary>The largest accepted difference of a score.</summary>
    public const double MostScoreDifference = 0.05;

    /// <summary>The lowest accepted cosine between the two embeddings of a clip.</summary>
    public const double LeastCosine = 0.995;

    /// <summary>The lowest number of labels for which the agreement is meaningful.</summary>
    public const int LeastLabels = 3;

    /// <summary>The version of the conversion that produced the int8 graph.</summary>
    public required int GraphVersion { get; init; }

    /// <summary>The version of ONNX Runtime that ran both.</summary>
    public required string Engine { get; init; }

    /// <summary>The features of the CPU: int8 arithmetic differs between kinds of CPUs.</summary>
    public required string Processor { get; init; }

    /// <summary>The bits per weight, including the sign.</summary>
    public int WeightBits { get; init; } = 8;

    /// <summary>
    /// The kernels that ran the int8 graph: <c>u8s8</c> for signed weights, <c>u8u8</c> for unsigned ones, which the engine needs
    /// for exact products on CPUs without VNNI. Empty in certificates from older programs.
    /// </summary>
    public string Products { get; init; } = "";

    /// <summary>The number of clips that both models processed.</summary>
    public required int Clips { get; init; }

    /// <summary>The number of these clips that were the user's own.</summary>
    public int OwnClips { get; init; }

    /// <summary>The number of different labels that the float32 model gave; 0 for a model without a head.</summary>
    public required int Labels { get; init; }

    /// <summary>The share of clips with the same label, 0 to 1.</summary>
    public required double Agreement { get; init; }

    /// <summary>The largest difference of a score, 0 to 1.</summary>
    public required double ScoreDifference { get; init; }

    /// <summary>The smallest cosine between the two embeddings of a clip.</summary>
    public required double Cosine { get; init; }

    /// <summary>The configuration for which the int8 model was made and verified, in English or, for <c>zh</c>, in Chinese.</summary>
    public string MadeForIn(string language) => language == "zh"
        ? string.Create(CultureInfo.InvariantCulture, $"适用于 {Processor}、ONNX Runtime {Engine}：{WeightBits} 位权重，{Products} 乘法")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"made for {Processor}, ONNX Runtime {Engine}: {WeightBits}-bit weights, {Products} products");

    /// <summary>The figures in one line, in English or, for <c>zh</c>, in Chinese.</summary>
    public string TextIn(string language) => language == "zh"
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{Clips} 段录音（{Labels} 种标签）：标签一致 {Agreement:P1}，得分最大差 {ScoreDifference:F4}，特征余弦最小 {Cosine:F5}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Clips} clips ({Labels} labels): {Agreement:P1} of the labels agree, scores differ by {ScoreDifference:F4} at most, "
                + $"embeddings' cosine is {Cosine:F5} at least");
}
