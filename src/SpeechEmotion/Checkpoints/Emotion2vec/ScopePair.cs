namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>One pair of FunASR's scope_map: how a key of the model is called in the file.</summary>
/// <param name="Source">Prefix in the file; empty for <c>none</c>.</param>
/// <param name="Destination">Prefix in the model; empty for <c>none</c>.</param>
internal readonly record struct ScopePair(string Source, string Destination);
