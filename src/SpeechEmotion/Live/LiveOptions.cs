using SpeechEmotion.Segments;

namespace SpeechEmotion.Live;

/// <summary>What comes in a live stream, and what is told of it.</summary>
public sealed record LiveOptions
{
    /// <summary>Hz, 4000 to 384000.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Channels, 1 to 64; their average is heard.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>How often it is told how things stand: 0.25 to 5 s.</summary>
    /// <value>1 s.</value>
    public TimeSpan Hop { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How much of the latest sound that is about: 1 to 10 s.</summary>
    /// <value>3 s.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How speech is cut into segments.</summary>
    public SegmentationOptions Segmentation { get; init; } = SegmentationOptions.Default;
}
