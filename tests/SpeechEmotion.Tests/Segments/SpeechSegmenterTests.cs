using System.Text.Json;
using Shouldly;
using SpeechEmotion.Segments;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class SpeechSegmenterTests
{
    /// <summary>
    /// The rules of Silero's own tools. Those also drop speech shorter than 250 ms, which the library keeps and marks; the
    /// golden sounds contain no such speech.
    /// </summary>
    private static readonly SegmentationOptions Silero = new()
    {
        Threshold = 0.5f,
        EndThreshold = 0.35f,
        Pause = TimeSpan.FromSeconds(0.1),
        Padding = TimeSpan.FromSeconds(0.03),
        Longest = TimeSpan.FromSeconds(30),
    };

    [Theory]
    [InlineData("call"), InlineData("announcement"), InlineData("noise")]
    public void Add_SilerosRules_GivesSilerosSegments(string name)
    {
        var golden = Repository.Golden("vad");
        using var timestamps = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden, "timestamps.json")));
        var expected = timestamps.RootElement.GetProperty(name).GetProperty("default").EnumerateArray().ToArray();

        var segments = Process(Sounds.Read(Path.Combine(golden, name + ".wav")), Silero);

        // Tolerance: the grid plus one step, since Silero does not round to the grid.
        segments.Count.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            ((double)segments[i].Start).ShouldBe(expected[i].GetProperty("start").GetInt32(), 640);
            ((double)segments[i].End).ShouldBe(expected[i].GetProperty("end").GetInt32(), 640);
        }
    }

    [Fact]
    public void Add_NoSpeech_GivesNothing()
    {
        Process(Sounds.Noise, SegmentationOptions.Default).ShouldBeEmpty();
        Process(new float[100_000], SegmentationOptions.Default).ShouldBeEmpty();
    }

    [Fact]
    public void Add_Conversation_SegmentsAreValid()
    {
        var segments = Process(Sounds.Conversation, SegmentationOptions.Default);

        segments.Count.ShouldBeGreaterThanOrEqualTo(5);
        ShouldBeSound(segments, Sounds.Conversation, 15);
        segments.Sum(segment => segment.Voiced).ShouldBeLessThan(segments.Sum(segment => segment.Length));
    }

    [Fact]
    public void Add_MinutesWithoutPause_IsCutAtQuietPoints()
    {
        var speech = Sounds.WithoutPause(180);

        // No pause is long enough to end a segment, so every cut is made because of the length limit.
        var segments = Process(speech, new() { Pause = TimeSpan.FromSeconds(3) });

        ShouldBeSound(segments, speech, 15);
        segments.Sum(segment => segment.Length).ShouldBeGreaterThan(175 * Some.Rate);
        var powers = QuietPoint.Powers(speech);
        var cuts = segments.SkipLast(1).Where(segment => segment.Voiced == segment.Length).ToArray();
        cuts.Length.ShouldBeGreaterThan(5);
        foreach (var cut in cuts)
        {
            // From a third to five sixths of 15 s, less the 32 ms frames that detect the speech.
            var from = (int)(cut.Start / 320);
            powers[cut.End / 320].ShouldBeLessThanOrEqualTo(powers[(from + 250)..(from + 615)].Min() + 1e-3f);
        }
    }

    [Fact]
    public void Add_MinutesWithoutPauseByDefault_GivesValidSegments()
    {
        var speech = Sounds.WithoutPause(180);

        var segments = Process(speech, SegmentationOptions.Default);

        ShouldBeSound(segments, speech, 15);
        segments.Sum(segment => segment.Length).ShouldBeGreaterThan(170 * Some.Rate);
    }

    public static TheoryData<double, double, double> Rules() => new()
    {
        { 0.2, 0.1, 15 }, { 0.1, 0.03, 4 }, { 0.9, 0.45, 2 }, { 0.5, 0, 3 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Add_BlocksOfAnySize_GivesTheSameSegments(double pause, double padding, double longest)
    {
        var rules = new SegmentationOptions
        {
            Pause = TimeSpan.FromSeconds(pause),
            Padding = TimeSpan.FromSeconds(padding),
            Longest = TimeSpan.FromSeconds(longest),
        };
        var whole = Process(Sounds.Conversation, rules);

        ShouldBeSound(whole, Sounds.Conversation, longest);
        foreach (var block in (int[])[1, 37, 512, 4000, 8000, 100_000])
        {
            var segments = Process(Sounds.Conversation, rules, block);

            segments.Select(Numbers).ShouldBe(whole.Select(Numbers));
            for (var i = 0; i < whole.Count; i++)
                segments[i].Samples.Span.SequenceEqual(whole[i].Samples.Span).ShouldBeTrue();
        }

        static (long, int, int, int) Numbers(SpeechSegment segment) =>
            (segment.Start, segment.Length, segment.Voiced, segment.Samples.Length);
    }

    [Fact]
    public void Add_HourOfSilence_HoldsNoMoreThanABlock()
    {
        var segmenter = new SpeechSegmenter(SegmentationOptions.Default);
        var block = new float[4000];
        for (var i = 0; i < 40; i++)
            segmenter.Add(block);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 4 * 3600; i++)
            segmenter.Add(block);

        // 3600 s are 230 MB of samples; the other allocations are small objects of each inference.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(115_000_000);
        segmenter.OpenSegment.ShouldBeNull();
        segmenter.Complete().ShouldBeEmpty();
    }

    [Fact]
    public void OpenSegment_SilenceTooShortToEndIt_EndsBeforeTheSilence()
    {
        var rules = SegmentationOptions.Default with { Pause = TimeSpan.FromSeconds(3) };
        var segmenter = new SpeechSegmenter(rules);

        segmenter.Add(Sounds.Join(Sounds.Sentence, Sounds.Silence(2))).ShouldBeEmpty();
        var open = segmenter.OpenSegment;

        open!.Value.End.ShouldBeInRange(Sounds.Sentence.Length - 16_000, Sounds.Sentence.Length + 8_000);
        open.ShouldBe((0, segmenter.Complete().ShouldHaveSingleItem().End));
    }

    [Fact]
    public void Complete_OpenSegment_EndsWithTheRecording()
    {
        var speech = Sounds.Call[..70_123];
        var segmenter = new SpeechSegmenter(SegmentationOptions.Default);

        segmenter.Add(speech).ShouldBeEmpty();
        var open = segmenter.OpenSegment;
        var segment = segmenter.Complete().ShouldHaveSingleItem();

        open.ShouldBe((segment.Start, segment.End));
        segment.End.ShouldBe(70_123);
        segment.Samples.Length.ShouldBe(segment.Length);
        (segment.Start % 320).ShouldBe(0);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(511)]
    public void Complete_LessThanAFrame_GivesNothing(int samples)
    {
        var segmenter = new SpeechSegmenter(SegmentationOptions.Default);

        segmenter.Add(new float[samples]).ShouldBeEmpty();
        segmenter.Complete().ShouldBeEmpty();
    }

    [Fact]
    public void Constructor_ContradictoryRules_Throws() =>
        Should.Throw<ArgumentException>(() => new SpeechSegmenter(new() { Pause = TimeSpan.Zero }));

    private static void ShouldBeSound(List<SpeechSegment> segments, float[] sound, double longest)
    {
        var last = 0L;
        foreach (var segment in segments)
        {
            (segment.Start % 320).ShouldBe(0);
            (segment.End % 320 == 0 || segment.End == sound.Length).ShouldBeTrue();
            segment.Start.ShouldBeGreaterThanOrEqualTo(last);
            segment.Length.ShouldBeInRange(400, (int)(longest * Some.Rate));
            segment.Voiced.ShouldBeInRange(0, segment.Length);
            segment.Samples.Length.ShouldBe((int)Math.Min(segment.Length + 80, sound.Length - segment.Start));
            segment.Samples.Span.SequenceEqual(sound.AsSpan((int)segment.Start, segment.Samples.Length)).ShouldBeTrue();
            last = segment.End;
        }
    }

    private static List<SpeechSegment> Process(float[] samples, SegmentationOptions rules, int block = int.MaxValue)
    {
        var segmenter = new SpeechSegmenter(rules);
        var segments = new List<SpeechSegment>();
        foreach (var part in Sounds.InBlocks(samples, Math.Min(block, samples.Length)))
            segments.AddRange(segmenter.Add(part.Span));
        segments.AddRange(segmenter.Complete());
        return segments;
    }
}
