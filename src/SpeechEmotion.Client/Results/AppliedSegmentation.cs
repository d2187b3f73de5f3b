namespace SpeechEmotion.Client.Results;

/// <summary>How speech was cut into segments, if not by the defaults; null for each setting that had its default.</summary>
public sealed record AppliedSegmentation
{
    /// <summary>Probability at which speech begins.</summary>
    public float? Threshold { get; init; }

    /// <summary>Probability below which it ends.</summary>
    public float? EndThreshold { get; init; }

    /// <summary>Pause that separates two segments, in seconds.</summary>
    public double? Pause { get; init; }

    /// <summary>Sound before and after speech that is part of the segment, in seconds.</summary>
    public double? Padding { get; init; }

    /// <summary>Longest segment, in seconds.</summary>
    public double? Longest { get; init; }
}
