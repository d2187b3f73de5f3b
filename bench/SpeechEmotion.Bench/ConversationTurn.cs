namespace SpeechEmotion.Bench;

/// <summary>One clip of a conversation.</summary>
/// <param name="Start">The first sample in the conversation.</param>
/// <param name="Length">The number of samples.</param>
/// <param name="Speech">Whether each 20 ms of the clip has speech, detected before the noise was added.</param>
internal sealed record ConversationTurn(int Start, int Length, bool[] Speech)
{
    public const int Step = 320;

    /// <summary>The start of the speech, in samples of the conversation.</summary>
    public int SpeechStart => Start + (Array.IndexOf(Speech, true) * Step);

    /// <summary>The end of the speech, in samples of the conversation.</summary>
    public int SpeechEnd => Start + ((Array.LastIndexOf(Speech, true) + 1) * Step);
}
