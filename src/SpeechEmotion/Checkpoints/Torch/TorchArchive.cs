namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>The content of a container.</summary>
/// <param name="Root">The pickled object.</param>
/// <param name="Locate">Returns the extent of a storage's bytes; null if there is no storage with that key.</param>
internal sealed record TorchArchive(object? Root, Func<string, FileExtent?> Locate);
