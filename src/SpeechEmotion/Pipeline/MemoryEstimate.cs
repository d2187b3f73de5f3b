using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>The memory that a recognition takes in addition to the weights: the largest inference, and the stored frame scores.</summary>
internal static class MemoryEstimate
{
    /// <summary>Bytes per second that frame scores take until the result is written: 25 MB an hour.</summary>
    private const double PerFrameSecond = 7e3;

    /// <summary>An inference that takes more than this, as a large model's does, uses all cores by itself.</summary>
    private const long SmallInference = 64 << 20;

    private static readonly TimeSpan Piece = TimeSpan.FromSeconds(SegmentRecognizer.DefaultLongest * FrameGrid.HopSeconds);

    private static readonly TimeSpan Whole = FrameGrid.Duration(WaveformBuffer.WholeSamples);

    private static readonly TimeSpan Silent = FrameGrid.Duration(WaveformBuffer.SilentSamples);

    /// <summary>Segments recognized at once: two if one leaves cores idle. Meanwhile the next one is decoded and cut.</summary>
    public static int SegmentsAtOnce(IEmotionModel model) => InferenceMemory.Estimate(model, Piece) <= SmallInference ? 2 : 1;

    /// <summary>The most bytes that a recording takes; null if nothing bounds them.</summary>
    public static long? OfRecording(IEmotionModel model, TimeSpan? duration, RecognitionOptions options)
    {
        var kept = options.Granularity == Granularity.Frame ? PerFrameSecond * (duration ?? Whole).TotalSeconds : 0;
        return InferenceBytes(model, duration, options) + (long)kept;
    }

    /// <summary>The most bytes that a live stream takes: the model processes its segments and windows one by one.</summary>
    public static long OfStream(IEmotionModel model, TimeSpan window) =>
        InferenceMemory.Estimate(model, window > Piece ? window : Piece);

    private static long? InferenceBytes(IEmotionModel model, TimeSpan? duration, RecognitionOptions options) => options switch
    {
        { Channels: ChannelMode.Split } or { Segments: SegmentationMode.Always } => Pieces(model, duration),
        // A recording that the model cannot process is refused before it takes any memory.
        { Segments: SegmentationMode.Never } => Least(duration, Most(model)) is { } all ? InferenceMemory.Estimate(model, all) : null,
        _ when duration > Whole && !options.SkipsSilence(model) => Pieces(model, duration),
        // The speech of a long recording may be short enough to be processed at once.
        _ => Math.Max(
            duration > Whole ? Pieces(model, duration) : 0,
            InferenceMemory.Estimate(model, duration < Whole ? duration.Value : Whole)),
    };

    /// <summary>If there is no speech, the model processes the beginning instead.</summary>
    private static long Pieces(IEmotionModel model, TimeSpan? duration) => Math.Max(
        SegmentsAtOnce(model) * InferenceMemory.Estimate(model, duration < Piece ? duration.Value : Piece),
        InferenceMemory.Estimate(model, duration < Silent ? duration.Value : Silent));

    private static TimeSpan? Most(IEmotionModel model) => model.MaxSamples is { } samples ? FrameGrid.Duration(samples) : null;

    private static TimeSpan? Least(TimeSpan? one, TimeSpan? other) => one > other ? other : one ?? other;
}
