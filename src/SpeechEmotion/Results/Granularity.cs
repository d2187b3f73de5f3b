namespace SpeechEmotion.Results;

/// <summary>The unit that a result covers.</summary>
public enum Granularity
{
    /// <summary>The whole recording: one result.</summary>
    Utterance,

    /// <summary>The whole recording, and every 20 ms frame.</summary>
    Frame,
}
