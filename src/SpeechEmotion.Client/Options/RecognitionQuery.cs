using SpeechEmotion.Client.Results;

namespace SpeechEmotion.Client.Options;

/// <summary>Which recognitions of the history are wanted; null for no condition.</summary>
public sealed record RecognitionQuery
{
    /// <summary>The page; 1 has the newest recognitions.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Recognitions per page, 1 to 200.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Only results with this emotion: that of <c>Dominant</c>, if it is not null.</summary>
    public Emotion? Emotion { get; init; }

    /// <summary>Only recognitions in this state.</summary>
    public RecognitionState? State { get; init; }

    /// <summary>Only recognitions created at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only recognitions created at or before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only results with at least this confidence, 0 to 1.</summary>
    public double? MinConfidence { get; init; }

    /// <summary>Only results with at most this confidence, 0 to 1.</summary>
    public double? MaxConfidence { get; init; }

    /// <summary>Only recordings whose file name contains this text.</summary>
    public string? Name { get; init; }
}
