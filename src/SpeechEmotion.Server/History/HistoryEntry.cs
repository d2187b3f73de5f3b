namespace SpeechEmotion.Server.History;

/// <summary>A recognition in the database: what is searched for stands in columns, all of it in the document.</summary>
public sealed class HistoryEntry
{
    /// <summary>The recognition's name.</summary>
    public required string Id { get; set; }

    /// <summary>When it was asked for, in milliseconds since 1970 (SQLite cannot order times with zones).</summary>
    public required long Created { get; set; }

    /// <summary>How far it is.</summary>
    public required Recognitions.RecognitionState State { get; set; }

    /// <summary>What its sender calls the recording.</summary>
    public required string FileName { get; set; }

    /// <summary>The most probable emotion; null without a result.</summary>
    public SpeechEmotion.Results.Emotion? Emotion { get; set; }

    /// <summary>Its probability.</summary>
    public float? Confidence { get; set; }

    /// <summary>The whole record as JSON.</summary>
    public required string Document { get; set; }
}
