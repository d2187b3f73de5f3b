using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Live;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Live;

public sealed class LiveRecognitionTests
{
    private static readonly RecognitionOptions Always = new() { Segments = SegmentationMode.Always };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(8000, 1), InlineData(16000, 1), InlineData(44100, 1), InlineData(48000, 1)]
    [InlineData(8000, 2), InlineData(16000, 2), InlineData(44100, 2), InlineData(48000, 2)]
    public void Add_ChunksOfAnySize_GiveTheSegmentsOfAFile(int rate, int channels)
    {
        var samples = At(rate, channels);
        var file = CompactModel.Recognizer.Recognize(samples, rate, channels, Always, Ct).Timeline!;
        file.Segments.ShouldNotBeEmpty();

        foreach (var chunk in rate == 16000 ? (int[])[1, 441, 4800, 100_000] : [441, 4800, 100_000])
        {
            var live = new LiveRecognition(CompactModel.Recognizer, new() { SampleRate = rate, Channels = channels });
            var results = Recognize(live, samples, chunk * channels, partials: false);

            ShouldBeTheSame([.. results.OfType<LiveSegment>().Select(result => result.Segment)], file.Segments);
            ShouldBeTheSame(live.Timeline().Segments, file.Segments);
            live.Timeline().Transitions.Count.ShouldBe(file.Transitions.Count);
            live.Timeline().Summary.Speech.ShouldBe(file.Summary.Speech, 1e-9);
            live.Timeline().Summary.Silence.ShouldBe(file.Summary.Silence, 1e-9);
            live.Processed.TotalSeconds.ShouldBe(file.Summary.Speech + file.Summary.Silence, 1e-4);
        }
    }

    [Fact]
    public void Add_WithPartials_GivesTheSameSegments()
    {
        var live = new LiveRecognition(CompactModel.Recognizer, new() { SampleRate = 16000, Hop = TimeSpan.FromSeconds(0.25) });

        Recognize(live, Sounds.Call, 4800);

        ShouldBeTheSame(live.Timeline().Segments, CompactModel.Recognizer.Recognize(Sounds.Call, 16000, 1, Always, Ct).Timeline!.Segments);
    }

    [Theory]
    [InlineData(1.0, 3.0, 441), InlineData(0.25, 1.0, 100_000), InlineData(5.0, 1.0, 4800), InlineData(0.3333, 10.0, 16000)]
    public void Add_EachHop_ReportsTheLatestWindow(double hop, double window, int chunk)
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var (hopSamples, windowSamples) = ((int)Math.Round(hop * 16000), (int)Math.Round(window * 16000));

        var partials = Recognize(new(recognizer, Options(hop, window)), Sounds.Call, chunk).OfType<LivePartial>().ToArray();

        partials.Length.ShouldBe(Sounds.Call.Length / hopSamples);
        for (var i = 0; i < partials.Length; i++)
        {
            var end = (i + 1) * hopSamples;
            partials[i].End.ShouldBe(end / 16000.0, 1e-9);
            partials[i].Start.ShouldBe(Math.Max(0, end - windowSamples) / 16000.0, 1e-9);
        }
    }

    [Fact]
    public void Add_SpeechBetweenSilence_ScoresOnlyWindowsWithSpeech()
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);
        var samples = Sounds.Join(Sounds.Silence(5), Sounds.Sentence, Sounds.Silence(6));

        var results = Recognize(new(recognizer, Options(0.5, 2)), samples, 1000);

        var segments = results.OfType<LiveSegment>().ToArray();
        segments.ShouldNotBeEmpty();
        foreach (var partial in results.OfType<LivePartial>())
        {
            // The detector reports speech one frame of 32 ms after it starts.
            var spoken = segments.Any(segment => segment.End > partial.Start && segment.Start < partial.End - 0.3);
            if (spoken || segments.All(segment => segment.End <= partial.Start || segment.Start >= partial.End))
                (partial.Scores is not null).ShouldBe(spoken, $"{partial.Start} to {partial.End}");
        }
        model.Lengths.Count(length => length == 32_000)
            .ShouldBe(results.OfType<LivePartial>().Count(partial => partial.Scores is not null));
    }

    [Fact]
    public void Add_Silence_NeverRunsTheModel()
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);
        var live = new LiveRecognition(recognizer, Options(0.25, 1));

        var results = Recognize(live, Sounds.Silence(30), 4800);

        results.Count.ShouldBe(120);
        results.ShouldAllBe(result => ((LivePartial)result).Scores == null);
        model.Lengths.ShouldBeEmpty();
        live.Timeline().Summary.ShouldBe(new(0, 30, null, null));
    }

    [Fact]
    public void Add_Partial_HasTheScoresOfItsWindow()
    {
        var partial = Recognize(new(CompactModel.Recognizer, Options(2, 2)), Sounds.Sentence, 32_000).OfType<LivePartial>().Last();

        var window = Sounds.Sentence[(int)(partial.Start * 16000)..(int)(partial.End * 16000)];
        Rows.LargestDifference(
            partial.Scores!.Values, CompactModel.Recognizer.Recognize(window, 16000, ct: Ct).Scores.Values).ShouldBeLessThan(0.01f);
    }

    [Fact]
    public void Add_PartialOfSpeechOnlyModel_DoesNotProcessTheSilenceInItsWindow()
    {
        using var model = new LoudnessModel { SpeechOnly = true };
        using var recognizer = new EmotionRecognizer(model);

        var samples = Sounds.Join(Sounds.Silence(5), Sounds.Sentence, Sounds.Silence(6));
        var partials = Recognize(new(recognizer, Options(1, 8)), samples, 16_000).OfType<LivePartial>().ToArray();

        partials[3].Scores.ShouldBeNull();
        partials[7].Scores.ShouldNotBeNull();
        partials[^1].Scores.ShouldNotBeNull();
        model.Lengths.ShouldAllBe(length => length < Sounds.Sentence.Length + 8000);
    }

    [Fact]
    public void Add_Results_AreInOrderOfTheirEnd()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());

        var results = Recognize(new(recognizer, Options(0.25, 1)), Sounds.Call, 100_000).Where(result => result is LivePartial).ToArray();

        results.Select(result => result.End).ShouldBeInOrder();
    }

    [Fact]
    public void Add_WithoutPartials_CountsTheSkippedOnes()
    {
        using var model = new CountingModel();
        using var recognizer = new EmotionRecognizer(model);
        var live = new LiveRecognition(recognizer, Options(0.5, 1));

        live.Add(new float[16_000], partials: true, Ct).Count.ShouldBe(2);
        live.Add(new float[24_000], partials: false, Ct).ShouldBeEmpty();
        live.Skipped.ShouldBe(3);
        // The next partial result keeps its own time.
        live.Add(new float[8000], partials: true, Ct).ShouldHaveSingleItem().End.ShouldBe(3.0);
        live.Skipped.ShouldBe(3);
    }

    [Fact]
    public void Complete_OpenSegment_IsGiven()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var live = new LiveRecognition(recognizer, Options(1, 3));

        live.Add(Sounds.Call.AsSpan(0, 70_123), partials: false, Ct).ShouldBeEmpty();

        live.Complete(Ct).OfType<LiveSegment>().Last().End.ShouldBe(70_123 / 16000.0, 1e-9);
        live.Processed.TotalSeconds.ShouldBe(70_123 / 16000.0, 1e-6);
    }

    [Fact]
    public void Complete_NothingAdded_IsAnEmptyTimeline()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var live = new LiveRecognition(recognizer, Options(1, 3));

        live.Add([], partials: true, Ct).ShouldBeEmpty();
        live.Complete(Ct).ShouldBeEmpty();
        live.Timeline().Summary.ShouldBe(new(0, 0, null, null));
    }

    [Fact]
    public void Add_LongSilence_HoldsNoMoreThanAWindow()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var live = new LiveRecognition(recognizer, Options(5, 10));
        var block = new float[4000];
        for (var i = 0; i < 100; i++)
            live.Add(block, ct: Ct);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 4 * 1200; i++)
            live.Add(block, ct: Ct);

        // 1200 s are 77 MB of samples; the other allocations are small objects of each inference.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(38_000_000);
        live.Processed.TotalSeconds.ShouldBe(1225, 1);
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(1e30f)]
    public void Add_NotFinite_IsRefusedAndTheStreamContinues(float bad)
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var live = new LiveRecognition(recognizer, Options(1, 3));

        Should.Throw<AudioException>(() => live.Add([0, bad], ct: Ct)).Code.ShouldBe("audio.not_finite");

        live.Processed.ShouldBe(TimeSpan.Zero);
        live.Add(new float[16_000], ct: Ct).ShouldHaveSingleItem();
    }

    [Fact]
    public void Add_PartOfAFrame_IsRefused()
    {
        var live = new LiveRecognition(CompactModel.Recognizer, new() { SampleRate = 16000, Channels = 2 });

        Should.Throw<ArgumentException>(() => live.Add(new float[3], ct: Ct));
    }

    [Fact]
    public void Add_Cancelled_Stops()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel());
        var live = new LiveRecognition(recognizer, Options(1, 3));

        Should.Throw<OperationCanceledException>(() => live.Add(Sounds.Sentence, ct: new CancellationToken(true)));
    }

    public static TheoryData<int, int, double, double> OutOfRange() => new()
    {
        { 3999, 1, 1, 3 }, { 384_001, 1, 1, 3 }, { 16000, 0, 1, 3 }, { 16000, 65, 1, 3 },
        { 16000, 1, 0.249, 3 }, { 16000, 1, 5.001, 3 }, { 16000, 1, 1, 0.999 }, { 16000, 1, 1, 10.001 }, { 16000, 1, -1, 3 },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Constructor_OptionOutOfRange_Throws(int rate, int channels, double hop, double window) =>
        Should.Throw<ArgumentException>(
            () => new LiveRecognition(CompactModel.Recognizer, Options(hop, window) with { SampleRate = rate, Channels = channels }));

    [Fact]
    public void Constructor_ContradictorySegmentation_Throws() =>
        Should.Throw<ArgumentException>(
            () => new LiveRecognition(CompactModel.Recognizer, Options(1, 3) with { Segmentation = new() { Pause = TimeSpan.Zero } }));

    [Fact]
    public void Constructor_ModelWithoutHead_ReportsFeaturesOnly()
    {
        using var recognizer = new EmotionRecognizer(new CountingModel([]));

        Should.Throw<ModelException>(() => new LiveRecognition(recognizer, Options(1, 3))).Code.ShouldBe("model.features_only");
    }

    private static LiveOptions Options(double hop, double window) =>
        new() { SampleRate = 16000, Hop = TimeSpan.FromSeconds(hop), Window = TimeSpan.FromSeconds(window) };

    private static List<LiveResult> Recognize(LiveRecognition live, float[] samples, int chunk, bool partials = true)
    {
        var results = new List<LiveResult>();
        foreach (var part in Sounds.InBlocks(samples, chunk))
            results.AddRange(live.Add(part.Span, partials, Ct));
        results.AddRange(live.Complete(Ct));
        return results;
    }

    /// <summary>Returns speech at any rate, interpolated linearly; the second channel is softer and delayed.</summary>
    private static float[] At(int rate, int channels)
    {
        var sound = Sounds.Join(Sounds.Call, Sounds.Sentence);
        var samples = new float[(int)((long)(sound.Length - 1) * rate / 16000) * channels];
        for (var i = 0; i < samples.Length; i++)
        {
            var at = i / channels * 16000.0 / rate;
            var (whole, part) = ((int)at, (float)(at - (int)at));
            var late = Math.Max(0, whole - (i % channels * 200));
            samples[i] = ((sound[late] * (1 - part)) + (sound[late + 1] * part)) / (1 + (i % channels));
        }
        return samples;
    }

    private static void ShouldBeTheSame(IReadOnlyList<TimelineSegment> actual, IReadOnlyList<TimelineSegment> expected)
    {
        actual.Select(segment => (segment.Start, segment.End)).ShouldBe(expected.Select(segment => (segment.Start, segment.End)));
        for (var i = 0; i < actual.Count; i++)
            Rows.LargestDifference(actual[i].Scores.Values, expected[i].Scores.Values).ShouldBeLessThan(1e-5f);
    }
}
