namespace SpeechEmotion.Audio;

/// <summary>How much of a recording from outside is taken before it is refused.</summary>
public sealed record AudioLimits
{
    /// <summary>The limits that apply when none are given.</summary>
    public static AudioLimits Default { get; } = new();

    /// <summary>Longest recording. A small file can unfold into days of silence; this is what stops it.</summary>
    /// <value>8 hours.</value>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Largest recording taken from a stream, in bytes.</summary>
    /// <value>4 GiB.</value>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>How long an external decoder may go without producing a sample.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan DecoderTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
