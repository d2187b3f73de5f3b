namespace SpeechEmotion.Results;

/// <summary>How speech was cut into segments where that was not by default; null for each setting that was.</summary>
public sealed record AppliedSegmentation
{
    /// <summary>Probability at which speech begins.</summary>
    public float? Threshold { get; init; }

    /// <summary>Probability below which it ends.</summary>
    public float? EndThreshold { get; init; }

    /// <summary>Pause that parts two segments, in seconds.</summary>
    public double? Pause { get; init; }

    /// <summary>Sound around speech that belongs to it, in seconds.</summary>
    public double? Padding { get; init; }

    /// <summary>Longest segment, in seconds.</summary>
    public double? Longest { get; init; }
}
