namespace SpeechEmotion.Bench;

/// <summary>One clip of a conversation.</summary>
/// <param name="Start">Its first sample in the conversation.</param>
/// <param name="Length">Its samples.</param>
/// <param name="Speech">For each 20 ms of it whether there is speech, told from the clip before the noise was added.</param>
internal sealed record ConversationTurn(int Start, int Length, bool[] Speech)
{
    public const int Step = 320;

    /// <summary>Where its speech begins and ends, in samples of the conversation.</summary>
    public int SpeechStart => Start + (Array.IndexOf(Speech, true) * Step);

    public int SpeechEnd => Start + ((Array.LastIndexOf(Speech, true) + 1) * Step);
}
