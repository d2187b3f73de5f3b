namespace SpeechEmotion.Results;

/// <summary>What one result speaks of.</summary>
public enum Granularity
{
    /// <summary>The whole recording: one result.</summary>
    Utterance,

    /// <summary>Also every 20 ms frame of it.</summary>
    Frame,
}
