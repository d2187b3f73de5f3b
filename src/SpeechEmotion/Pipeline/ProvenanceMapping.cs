using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Resampling;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>Converts options to the provenance of a result, and back.</summary>
internal static class ProvenanceMapping
{
    /// <summary>The recording was processed as a whole.</summary>
    public const string Whole = "whole";

    /// <summary>The recording was processed by segments.</summary>
    public const string BySegments = "segments";

    /// <summary>Silence was removed before the model.</summary>
    public const string Skip = "skip";

    /// <summary>The channels were averaged.</summary>
    public const string Mix = "mix";

    /// <summary>The channels were processed separately.</summary>
    public const string Split = "split";

    /// <summary>Creates the provenance of one recognition.</summary>
    public static Provenance Of(
        IEmotionModel model, WaveformReader waveform, RecognitionOptions options, bool bySegments, bool skips,
        (string Sha256, long Bytes)? source) => new()
        {
            Version = ProductVersion.Text,
            Device = model.Device.Key(),
            Runtime = model.Runtime,
            Source = source is var (hash, bytes) ? new(hash, bytes) : null,
            Decoding = Decoded(waveform),
            Options = new()
            {
                Granularity = options.Granularity.Key(),
                Segments = bySegments ? BySegments : Whole,
                Silence = skips ? Skip : null,
                Channels = options.Channels == ChannelMode.Split ? Split : Mix,
                Segmentation = (bySegments || skips) && options.Segmentation != SegmentationOptions.Default
                    ? Changed(options.Segmentation)
                    : null,
            },
        };

    /// <summary>The options that reproduce the answer.</summary>
    /// <exception cref="FormatException">They are not options of this program.</exception>
    public static RecognitionOptions OptionsOf(AppliedOptions applied) => new()
    {
        // The answer for a recording is the same in frame mode, whose frames would only fill memory here.
        Granularity = GranularityNames.FromKey(applied.Granularity) is null ? throw Unknown(applied.Granularity) : Granularity.Utterance,
        Segments = (applied.Segments, applied.Silence) switch
        {
            (Whole, _) => SegmentationMode.Never,
            // The segments made a timeline; the answer covers all speech at once, which is the default.
            (BySegments, Skip) => SegmentationMode.Auto,
            (BySegments, null) => SegmentationMode.Always,
            var (other, _) => throw Unknown(other),
        },
        Silence = applied.Silence switch
        {
            null => SilenceMode.Keep,
            Skip => SilenceMode.Skip,
            var other => throw Unknown(other),
        },
        Channels = applied.Channels switch
        {
            Mix => ChannelMode.Mix,
            Split => ChannelMode.Split,
            var other => throw Unknown(other),
        },
        Segmentation = applied.Segmentation is { } segmentation ? Restored(segmentation) : SegmentationOptions.Default,
    };

    private static DecodedAudio Decoded(WaveformReader waveform)
    {
        var format = waveform.Format;
        return new()
        {
            Container = format.Container,
            Codec = format.Codec,
            Decoder = format.Decoder,
            DecoderVersion = format.DecoderVersion,
            SampleRate = format.SampleRate,
            Channels = format.Channels,
            Mixing = format.Channels == 1 ? "none"
                : waveform.OutputChannels > 1 ? "apart"
                : waveform.CancelledShare > 0 ? "loudest"
                : "average",
            Resampling = format.SampleRate == SampleRate.Hz ? null : Resampler.Method,
        };
    }

    private static AppliedSegmentation Changed(SegmentationOptions options)
    {
        var usual = SegmentationOptions.Default;
        return new()
        {
            Threshold = options.Threshold == usual.Threshold ? null : options.Threshold,
            EndThreshold = options.EndThreshold == usual.EndThreshold ? null : options.EndThreshold,
            Pause = options.Pause == usual.Pause ? null : options.Pause.TotalSeconds,
            Padding = options.Padding == usual.Padding ? null : options.Padding.TotalSeconds,
            Longest = options.Longest == usual.Longest ? null : options.Longest.TotalSeconds,
        };
    }

    private static SegmentationOptions Restored(AppliedSegmentation applied)
    {
        var usual = SegmentationOptions.Default;
        var options = usual with
        {
            Threshold = applied.Threshold ?? usual.Threshold,
            EndThreshold = applied.EndThreshold ?? usual.EndThreshold,
            Pause = Seconds(applied.Pause) ?? usual.Pause,
            Padding = Seconds(applied.Padding) ?? usual.Padding,
            Longest = Seconds(applied.Longest) ?? usual.Longest,
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
        return options;
    }

    private static TimeSpan? Seconds(double? value) => value switch
    {
        null => null,
        >= 0 and <= 3600 => TimeSpan.FromSeconds(value.Value),
        _ => throw new FormatException("A time of the segmentation is out of range."),
    };

    private static FormatException Unknown(string option) => new($"There is no option {option}.");
}
