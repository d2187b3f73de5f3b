namespace SpeechEmotion.Models;

/// <summary>Something in the store that no model needs.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Directory">Full path of its folder.</param>
/// <param name="Size">Bytes that it takes.</param>
internal sealed record StoreLeftover(LeftoverKind Kind, string Directory, long Size);
