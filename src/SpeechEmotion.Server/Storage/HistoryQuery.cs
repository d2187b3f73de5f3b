using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Storage;

/// <summary>A query for recognitions. Null means no filter.</summary>
public sealed record HistoryQuery
{
    /// <summary>Page number; 1 has the newest recognitions.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Number of recognitions per page.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Only these recognitions.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Only recognitions whose headline names this emotion.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Only recognitions in this state.</summary>
    public RecognitionState? State { get; init; }

    /// <summary>Only recognitions created at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only recognitions created at or before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only recognitions with at least this confidence.</summary>
    public float? MinConfidence { get; init; }

    /// <summary>Only recognitions with at most this confidence.</summary>
    public float? MaxConfidence { get; init; }

    /// <summary>Only recordings whose file name contains this text.</summary>
    public string? Name { get; init; }
}
