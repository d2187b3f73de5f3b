using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Engine;

/// <summary>What recognising a recording takes beside the weights: what is heard at once, and the frames that are kept.</summary>
internal static class RecognitionMemory
{
    /// <summary>Bytes by second that frame scores take until the result is written: 25 MB an hour.</summary>
    private const double PerFrameSecond = 7e3;

    /// <summary>Pieces of segments that are heard side by side.</summary>
    private const int PiecesAtOnce = 2;

    /// <summary>Up to here a recording is heard whole, unless something else is asked for.</summary>
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(30);

    /// <summary>The longest piece of a segment.</summary>
    private static readonly TimeSpan Piece = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that recognising a recording takes at most.</summary>
    /// <param name="model">The model.</param>
    /// <param name="duration">Length of the recording; null where it is not known.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="limit">All there is, which one takes that is to be heard whole however long it may be.</param>
    public static long Estimate(IEmotionModel model, TimeSpan? duration, RecognitionOptions options, long limit)
    {
        var kept = options.Granularity == Granularity.Frame ? PerFrameSecond * (duration ?? Whole).TotalSeconds : 0;
        return Heard(model, duration, options, limit) + (long)kept;
    }

    private static long Heard(IEmotionModel model, TimeSpan? duration, RecognitionOptions options, long limit)
    {
        if (options.Channels == RecordingChannels.Split || options.Segments == RecordingSegments.Always)
            return Pieces(model, duration);
        if (options.Segments == RecordingSegments.Never)
            return duration is { } all ? InferenceMemory.Estimate(model, Heard(model, all)) : limit;
        return duration > Whole ? Pieces(model, duration) : InferenceMemory.Estimate(model, duration ?? Whole);
    }

    /// <summary>One that the model cannot hear is refused before it takes any memory.</summary>
    private static TimeSpan Heard(IEmotionModel model, TimeSpan all) =>
        model.MaxSamples is { } most && TimeSpan.FromSeconds((double)most / 16000) is var longest && longest < all ? longest : all;

    private static long Pieces(IEmotionModel model, TimeSpan? duration) =>
        PiecesAtOnce * InferenceMemory.Estimate(model, duration < Piece ? duration.Value : Piece);
}
