namespace SpeechEmotion.Quantization;

/// <summary>A value as 8-bit integers, by its names in a graph.</summary>
/// <param name="Values">The integers.</param>
/// <param name="Scale">The factor of the integers: one number, or one per column.</param>
/// <param name="Zero">The integer that represents 0; empty if that is 0.</param>
internal sealed record Int8Tensor(string Values, string Scale, string Zero = "");
