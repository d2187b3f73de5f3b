namespace SpeechEmotion.Checkpoints;

/// <summary>What a container holds: the pickled object, and where each storage's bytes lie.</summary>
internal sealed record TorchArchive(object? Root, IReadOnlyDictionary<string, FileExtent> Storages);
