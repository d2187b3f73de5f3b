namespace SpeechEmotion.Quantization;

/// <summary>A value as 8-bit integers, by the names that it has in a graph.</summary>
/// <param name="Values">The integers.</param>
/// <param name="Scale">What they are multiplied by: one number, or one a column.</param>
/// <param name="Zero">The integer that stands for 0; empty where that is 0.</param>
internal sealed record Int8Tensor(string Values, string Scale, string Zero = "");
