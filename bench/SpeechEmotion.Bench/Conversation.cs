namespace SpeechEmotion.Bench;

/// <summary>A conversation made of clips of one speaker, with noise over all of it and its ground truth.</summary>
/// <param name="Corpus">The corpus of the clips.</param>
/// <param name="Samples">The samples, 16 kHz mono.</param>
/// <param name="Turns">The clips in order.</param>
internal sealed record Conversation(string Corpus, float[] Samples, IReadOnlyList<ConversationTurn> Turns);
