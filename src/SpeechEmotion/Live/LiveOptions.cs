using SpeechEmotion.Segments;

namespace SpeechEmotion.Live;

/// <summary>The format of a live stream, and how its results are reported.</summary>
public sealed record LiveOptions
{
    /// <summary>The sample rate in Hz, 4000 to 384000.</summary>
    public required int SampleRate { get; init; }

    /// <summary>The number of channels, 1 to 64; the model processes their average.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>The interval between partial results: 0.25 to 5 s.</summary>
    /// <value>1 s.</value>
    public TimeSpan Hop { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The length of the latest sound that a partial result covers: 1 to 10 s.</summary>
    /// <value>3 s.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How speech is cut into segments.</summary>
    public SegmentationOptions Segmentation { get; init; } = SegmentationOptions.Default;
}
