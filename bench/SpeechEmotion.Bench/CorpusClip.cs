using SpeechEmotion.Results;

namespace SpeechEmotion.Bench;

/// <summary>A clip of a labeled corpus.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Corpus">The name of the corpus.</param>
/// <param name="Speaker">The speaker, unique over all corpora.</param>
/// <param name="Label">The emotion.</param>
internal sealed record CorpusClip(string Path, string Corpus, string Speaker, Emotion Label);
