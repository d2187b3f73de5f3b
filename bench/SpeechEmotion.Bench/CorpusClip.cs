using SpeechEmotion.Results;

namespace SpeechEmotion.Bench;

/// <summary>A clip of a labelled corpus.</summary>
/// <param name="Path">Of its file.</param>
/// <param name="Corpus">Name of its corpus.</param>
/// <param name="Speaker">Unique over all corpora.</param>
/// <param name="Label">Its emotion.</param>
internal sealed record CorpusClip(string Path, string Corpus, string Speaker, Emotion Label);
