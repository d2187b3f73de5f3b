using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Segments;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class SpeechExcerptTests
{
    private static readonly SegmentationOptions Options = SegmentationOptions.Default;

    [Fact]
    public void Join_SpeechAmongSilence_KeepsTheSpeechOnly()
    {
        var samples = Sounds.Join(Sounds.Silence(5), Sounds.Sentence, Sounds.Silence(5), Sounds.Sentence, Sounds.Silence(5));

        var excerpt = SpeechExcerpt.Of(samples, Options);

        excerpt.Length.ShouldBe(excerpt.Join().Length);
        (excerpt.Length / 16000.0).ShouldBeInRange(7.0, 9.9);
    }

    [Fact]
    public void Join_AmountOfSilence_MakesNoDifference()
    {
        // Multiples of the frame grid and of the voice activity frames, so that the speech keeps its alignment.
        var (some, more) = (new float[5120 * 10], new float[5120 * 60]);

        var first = SpeechExcerpt.Of(Sounds.Join(some, Sounds.Sentence, some), Options).Join();

        SpeechExcerpt.Of(Sounds.Join(more, Sounds.Sentence, more), Options).Join().ShouldBe(first);
    }

    [Fact]
    public void Add_InBlocks_GivesTheSameAsAtOnce()
    {
        var samples = Sounds.Conversation[..400_000];
        var (excerpt, segmenter) = (new SpeechExcerpt(samples.Length), new SpeechSegmenter(Options));

        foreach (var block in Sounds.InBlocks(samples, 777))
            segmenter.Add(block.Span).ToList().ForEach(excerpt.Add);
        segmenter.Complete().ToList().ForEach(excerpt.Add);

        excerpt.Join().ShouldBe(SpeechExcerpt.Of(samples, Options).Join());
    }

    [Fact]
    public void Place_FramesOfTheExcerpt_KeepTheirPositionInTheRecording()
    {
        var samples = Sounds.Join(Sounds.Silence(3), Sounds.Call, Sounds.Silence(4), Sounds.Sentence);
        var excerpt = SpeechExcerpt.Of(samples, Options);
        using var model = new CountingModel();
        var frames = model.Run(excerpt.Join(), TestContext.Current.CancellationToken);

        var runs = excerpt.Place(frames, model.Dimension, model.Labels!.Count).ToList();

        runs.Count.ShouldBeGreaterThan(1);
        runs.Sum(run => run.Frames.Count).ShouldBe(frames.Count);
        // The model's single feature is the frame's first sample.
        foreach (var (index, run) in runs)
        {
            for (var t = 0; t < run.Count; t++)
                run.Features.Span[t].ShouldBe(samples[(index + t) * 320]);
            run.Logits.Length.ShouldBe(9 * run.Count);
        }
    }

    [Fact]
    public void Add_MoreThanTheLongest_IsTooLongAndHoldsNothing()
    {
        var (excerpt, segmenter) = (new SpeechExcerpt(5 * 16000), new SpeechSegmenter(Options));

        segmenter.Add(Sounds.Conversation).ToList().ForEach(excerpt.Add);
        segmenter.Complete().ToList().ForEach(excerpt.Add);

        excerpt.IsTooLong.ShouldBeTrue();
        excerpt.Place(new ModelFrames(0, default, default), 1, 1).ShouldBeEmpty();
    }

    [Fact]
    public void Of_NoSpeech_IsEmpty() => SpeechExcerpt.Of(Sounds.Noise, Options).Length.ShouldBe(0);
}
