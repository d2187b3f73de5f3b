using Shouldly;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

public sealed class EmotionRecognizerChannelsTests
{
    private static readonly RecognitionOptions Split = new() { Channels = ChannelMode.Split };

    private static readonly RecognitionOptions Always = new() { Segments = SegmentationMode.Always };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(16000), InlineData(8000), InlineData(44100)]
    public void Recognize_TwoChannelsApart_AreAsTwoRecordings(int rate)
    {
        var (left, right) = Pair();

        var both = CompactModel.Recognizer.Recognize(Sounds.Stereo(left, right), rate, 2, Split, Ct).Timeline!;

        both.Segments.ShouldBe(both.Segments.OrderBy(segment => segment.Start).ThenBy(segment => segment.Channel));
        both.Channels.Count.ShouldBe(2);
        foreach (var (samples, channel) in (IEnumerable<(float[], int)>)[(left, 0), (right, 1)])
        {
            var alone = CompactModel.Recognizer.Recognize(samples, rate, 1, Always, Ct).Timeline!;

            ShouldBeTheSame([.. both.Segments.Where(segment => segment.Channel == channel)], alone.Segments);
            both.Transitions
                .Where(transition => transition.Channel == channel)
                .Select(transition => (transition.Time, transition.From, transition.To))
                .ShouldBe(alone.Transitions.Select(transition => (transition.Time, transition.From, transition.To)));
            both.Channels[channel].Summary.Speech.ShouldBe(alone.Summary.Speech, 1e-9);
            both.Channels[channel].Summary.Silence.ShouldBe(alone.Summary.Silence, 1e-9);
            both.Channels[channel].Summary.Dominant.ShouldBe(alone.Summary.Dominant);
        }
    }

    [Fact]
    public void Recognize_BothSpeakAtOnce_SpeechCountsOnce()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var silence = Sounds.Silence(Sounds.Sentence.Length / 16000.0);

        var same = Speech(Sounds.Sentence, Sounds.Sentence);
        var apart = Speech(Sounds.Join(Sounds.Sentence, silence), Sounds.Join(silence, Sounds.Sentence));

        same.Summary.Speech.ShouldBe(same.Channels[0].Summary.Speech, 1e-9);
        same.Channels[1].Summary.Speech.ShouldBe(same.Channels[0].Summary.Speech, 1e-9);
        apart.Summary.Speech.ShouldBe(apart.Channels.Sum(channel => channel.Summary.Speech), 0.25);
        (apart.Summary.Speech + apart.Summary.Silence).ShouldBe(2 * silence.Length / 16000.0, 1e-6);
        ((double)same.Summary.Shares!.Values.ToArray().Sum()).ShouldBe(1, 1e-5);

        Timeline Speech(float[] left, float[] right) => recognizer.Recognize(Sounds.Stereo(left, right), 16000, 2, Split, Ct).Timeline!;
    }

    [Fact]
    public void Recognize_Roles_NameTheChannelsInOrder()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());

        Roles([]).ShouldBe(["channel 1", "channel 2"]);
        Roles(["customer", "agent"]).ShouldBe(["customer", "agent"]);

        IEnumerable<string> Roles(string[] roles) =>
            recognizer.Recognize(new float[32_000], 16000, 2, Split with { Roles = roles }, Ct)
                .Timeline!.Channels.Select(channel => channel.Role);
    }

    [Theory]
    [InlineData(1, "customer", "agent"), InlineData(2, "customer"), InlineData(2, "customer", "agent", "extra")]
    public void Recognize_MoreOrFewerRolesThanChannels_IsRefused(int channels, params string[] roles)
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());

        var error = Should.Throw<AudioException>(
            () => recognizer.Recognize(new float[32_000], 16000, channels, Split with { Roles = roles }, Ct));

        error.Code.ShouldBe("audio.roles");
        error.Message.ShouldContain($"{roles.Length}");
        error.MessageZh.ShouldContain($"{channels}");
    }

    [Theory]
    [InlineData(-1f), InlineData(-0.9f)]
    public void Recognize_ChannelsThatCancel_IsAboutTheLoudest(float other)
    {
        var left = Sounds.Sentence;
        var stereo = Sounds.Stereo(left, Array.ConvertAll(left, sample => sample * other));
        var sink = new MixSink();

        var both = CompactModel.Recognizer.Recognize(stereo, 16000, 2, new() { Sink = sink }, Ct);

        var alone = CompactModel.Recognizer.Recognize(left, 16000, 1, null, Ct);
        sink.Samples.ShouldBe(left);
        both.Scores.Values.ToArray().ShouldBe(alone.Scores.Values.ToArray());
        both.Quality.Select(note => note.Key).ShouldBe(["channels_cancel", .. alone.Quality.Select(note => note.Key)]);
        both.Provenance.Decoding.Mixing.ShouldBe("loudest");
    }

    [Fact]
    public void Recognize_ChannelsThatCancelApart_HaveNoFalseSilence()
    {
        var stereo = Sounds.Stereo(Sounds.Sentence, Array.ConvertAll(Sounds.Sentence, sample => -sample));
        var sink = new MixSink();

        var apart = CompactModel.Recognizer.Recognize(stereo, 16000, 2, Split with { Sink = sink }, Ct);

        apart.Timeline!.Channels.Count.ShouldBe(2);
        apart.Quality.Select(note => note.Key).ShouldNotContain("silence");
        apart.Quality.Select(note => note.Key).ShouldNotContain("channels_cancel");
        sink.Samples.ShouldBe(Sounds.Sentence);
    }

    [Fact]
    public void Recognize_RolesOfAMix_AreNotTaken()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());

        recognizer.Recognize(new float[32_000], 16000, 2, Always with { Roles = ["customer"] }, Ct)
            .Timeline!.Channels.ShouldHaveSingleItem().Role.ShouldBe("mix");
    }

    [Theory]
    [InlineData(SegmentationMode.Auto), InlineData(SegmentationMode.Always), InlineData(SegmentationMode.Never)]
    public void Recognize_MonoApart_IsOneChannelBySegments(SegmentationMode segments)
    {
        var options = Split with { Segments = segments, Roles = ["customer"] };

        var timeline = CompactModel.Recognizer.Recognize(Sounds.Call, 16000, 1, options, Ct).Timeline!;

        timeline.Channels.ShouldHaveSingleItem().Role.ShouldBe("customer");
        ShouldBeTheSame(timeline.Segments, CompactModel.Recognizer.Recognize(Sounds.Call, 16000, 1, Always, Ct).Timeline!.Segments);
    }

    [Fact]
    public void Recognize_OneChannelSilent_HasNoSummaryOfEmotions()
    {
        var timeline = CompactModel.Recognizer.Recognize(Sounds.Stereo(Sounds.Sentence, []), 16000, 2, Split, Ct).Timeline!;

        timeline.Channels[1].Summary.ShouldBe(new(0, Sounds.Sentence.Length / 16000.0, null, null));
        timeline.Segments.ShouldAllBe(segment => segment.Channel == 0);
    }

    [Fact]
    public void Recognize_FramesOfChannelsApart_IsRefused()
    {
        var options = Split with { Granularity = Granularity.Frame };

        Should.Throw<ArgumentException>(() => CompactModel.Recognizer.Recognize(Sounds.Stereo(Sounds.Call, []), 16000, 2, options, Ct));
    }

    [Fact]
    public void Recognize_ChannelsApartWithASink_GivesItTheirAverage()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var sink = new MixSink();

        recognizer.Recognize(Sounds.Stereo(Sounds.Call, Sounds.Noise), 16000, 2, Split with { Sink = sink }, Ct);

        using var mix = new WaveformReader(new SampleReader(Sounds.Stereo(Sounds.Call, Sounds.Noise), 16000, 2));
        var expected = new float[Sounds.Call.Length];
        mix.Read(expected).ShouldBe(expected.Length);
        Rows.LargestDifference([.. sink.Samples], expected).ShouldBeLessThan(1e-6f);
    }

    /// <summary>Two conversations of equal length; silence pads the right one.</summary>
    private static (float[] Left, float[] Right) Pair()
    {
        var left = Sounds.Join(Sounds.Call, Sounds.Silence(1), Sounds.Announcement);
        var right = Sounds.Join(Sounds.Silence(3), Sounds.Sentence, Sounds.Silence(2), Sounds.Call);
        return (left, Sounds.Join(right, new float[left.Length - right.Length]));
    }

    private static void ShouldBeTheSame(IReadOnlyList<TimelineSegment> actual, IReadOnlyList<TimelineSegment> expected)
    {
        actual.Count.ShouldBe(expected.Count);
        actual.ShouldNotBeEmpty();
        for (var i = 0; i < actual.Count; i++)
        {
            (actual[i].Start, actual[i].End).ShouldBe((expected[i].Start, expected[i].End));
            Rows.LargestDifference(actual[i].Scores.Values, expected[i].Scores.Values).ShouldBeLessThan(1e-5f);
            actual[i].Quality.Select(note => note.Key).ShouldBe(expected[i].Quality.Select(note => note.Key));
        }
    }

    private sealed class MixSink : IRecognitionSink
    {
        public List<float> Samples { get; } = [];

        public void Waveform(ReadOnlySpan<float> samples) => Samples.AddRange(samples);

        public void Frames(ReadOnlySpan<float> features, int dimension)
        {
        }
    }
}
