using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>What recognising takes beside the weights: what is heard at once, and the frame scores that are kept.</summary>
internal static class MemoryEstimate
{
    /// <summary>Bytes by second that frame scores take until the result is written: 25 MB an hour.</summary>
    private const double PerFrameSecond = 7e3;

    /// <summary>Inferences that take more than this, a large model's, fill the cores one by one.</summary>
    private const long SmallInference = 64 << 20;

    private static readonly TimeSpan Piece = TimeSpan.FromSeconds(SegmentRecognizer.DefaultLongest * FrameGrid.HopSeconds);

    private static readonly TimeSpan Whole = FrameGrid.Duration(WaveformBuffer.WholeSamples);

    private static readonly TimeSpan Silent = FrameGrid.Duration(WaveformBuffer.SilentSamples);

    /// <summary>While one is recognised the next is decoded and cut, and begun where the first leaves a core idle.</summary>
    public static int SegmentsAtOnce(IEmotionModel model) => InferenceMemory.Estimate(model, Piece) <= SmallInference ? 2 : 1;

    /// <summary>Bytes that a recording takes at most; null where nothing bounds them.</summary>
    public static long? OfRecording(IEmotionModel model, TimeSpan? duration, RecognitionOptions options)
    {
        var kept = options.Granularity == Granularity.Frame ? PerFrameSecond * (duration ?? Whole).TotalSeconds : 0;
        return Heard(model, duration, options) + (long)kept;
    }

    /// <summary>Bytes that a live stream takes at most: the model processes its segments and windows one by one.</summary>
    public static long OfStream(IEmotionModel model, TimeSpan window) => InferenceMemory.Estimate(model, window > Piece ? window : Piece);

    private static long? Heard(IEmotionModel model, TimeSpan? duration, RecognitionOptions options) => options switch
    {
        { Channels: ChannelMode.Split } or { Segments: SegmentationMode.Always } => Pieces(model, duration),
        // One that the model cannot hear is refused before it takes any memory.
        { Segments: SegmentationMode.Never } => Least(duration, Most(model)) is { } all ? InferenceMemory.Estimate(model, all) : null,
        _ when duration > Whole && !options.SkipsSilence(model) => Pieces(model, duration),
        // What a long recording has of speech may be short enough to be processed at once.
        _ => Math.Max(duration > Whole ? Pieces(model, duration) : 0, InferenceMemory.Estimate(model, duration < Whole ? duration.Value : Whole)),
    };

    /// <summary>Where nobody speaks, the beginning is heard instead.</summary>
    private static long Pieces(IEmotionModel model, TimeSpan? duration) => Math.Max(
        SegmentsAtOnce(model) * InferenceMemory.Estimate(model, duration < Piece ? duration.Value : Piece),
        InferenceMemory.Estimate(model, duration < Silent ? duration.Value : Silent));

    private static TimeSpan? Most(IEmotionModel model) => model.MaxSamples is { } samples ? FrameGrid.Duration(samples) : null;

    private static TimeSpan? Least(TimeSpan? one, TimeSpan? other) => one > other ? other : one ?? other;
}
