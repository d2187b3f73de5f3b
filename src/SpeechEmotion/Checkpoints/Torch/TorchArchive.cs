namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>What a container holds.</summary>
/// <param name="Root">The pickled object.</param>
/// <param name="Locate">Tells where a storage's bytes lie; null where there is none of that key.</param>
internal sealed record TorchArchive(object? Root, Func<string, FileExtent?> Locate);
