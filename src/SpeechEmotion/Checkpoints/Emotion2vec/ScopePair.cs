namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>One pair of FunASR's scope_map, which maps key prefixes in the file to those in the model.</summary>
/// <param name="Source">The prefix in the file; empty for <c>none</c>.</param>
/// <param name="Destination">The prefix in the model; empty for <c>none</c>.</param>
internal readonly record struct ScopePair(string Source, string Destination);
