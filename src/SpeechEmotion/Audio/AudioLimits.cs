namespace SpeechEmotion.Audio;

/// <summary>The limits beyond which an untrusted recording is rejected.</summary>
public sealed record AudioLimits
{
    /// <summary>The default limits.</summary>
    public static AudioLimits Default { get; } = new();

    /// <summary>The longest recording. A small file can decode to days of silence; this limit stops it.</summary>
    /// <value>8 hours.</value>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The largest recording accepted from a stream, in bytes.</summary>
    /// <value>4 GiB.</value>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>The time that an external decoder may run without producing a sample.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan DecoderTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
