using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Storage;

/// <summary>Which recognitions are asked for; null does not narrow.</summary>
public sealed record HistoryQuery
{
    /// <summary>1 for the newest.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Recognitions on a page.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Only with this answer.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Only in this state.</summary>
    public RecognitionState? State { get; init; }

    /// <summary>Only from this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only up to this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only with at least this confidence.</summary>
    public float? MinConfidence { get; init; }

    /// <summary>Only with at most this confidence.</summary>
    public float? MaxConfidence { get; init; }

    /// <summary>Only with this in the recording's name.</summary>
    public string? Name { get; init; }
}
