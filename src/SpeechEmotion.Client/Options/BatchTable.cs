namespace SpeechEmotion.Client.Options;

/// <summary>The tables of a batch.</summary>
public enum BatchTable
{
    /// <summary>A row for each recording with a result.</summary>
    Results,

    /// <summary>A row for each segment of speech.</summary>
    Segments,

    /// <summary>A row for each change of emotion.</summary>
    Transitions,
}
