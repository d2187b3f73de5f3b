namespace SpeechEmotion.Models;

/// <summary>One file of a model.</summary>
/// <param name="Name">Relative to the model's folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record ModelFile(string Name, long Size, string Sha256);
