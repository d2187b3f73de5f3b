namespace SpeechEmotion.Bench;

/// <summary>Clips of one speaker, one after another, with noise over all; and what is known of it.</summary>
/// <param name="Corpus">Where they are from.</param>
/// <param name="Samples">16 kHz mono.</param>
/// <param name="Turns">The clips in order.</param>
internal sealed record Conversation(string Corpus, float[] Samples, IReadOnlyList<ConversationTurn> Turns);
