namespace SpeechEmotion.Models;

/// <summary>Data in the store that no model needs.</summary>
/// <param name="Kind">The kind of the data.</param>
/// <param name="Directory">The full path of its folder.</param>
/// <param name="Size">The size in bytes.</param>
internal sealed record StoreLeftover(LeftoverKind Kind, string Directory, long Size);
