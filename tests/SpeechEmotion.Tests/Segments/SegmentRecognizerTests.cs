using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class SegmentRecognizerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4.0, 8.0), InlineData(7.5, 12.0), InlineData(2.5, 14.5)]
    public void Recognize_ChangeAtAQuietPoint_IsFoundThere(double change, double end)
    {
        // Soft is neutral, loud is angry, with a gap of 120 ms in between.
        var samples = Some.Noise(end);
        Scale(samples, 0, change, 0.2f);
        Scale(samples, change - 0.06, change + 0.06, 0.001f);

        var parts = Recognize(samples);

        parts.Select(Top).ShouldBe([Emotion.Neutral, Emotion.Angry]);
        ((double)parts[1].Start / Some.Rate).ShouldBe(change, 0.5);
    }

    [Fact]
    public void Recognize_ThereAndBack_IsThreeParts()
    {
        var samples = Some.Noise(13);
        Scale(samples, 0, 4, 0.2f);
        Scale(samples, 9, 13, 0.2f);
        Scale(samples, 3.95, 4.05, 0.001f);
        Scale(samples, 8.95, 9.05, 0.001f);

        Recognize(samples).Select(Top).ShouldBe([Emotion.Neutral, Emotion.Angry, Emotion.Neutral]);
    }

    [Theory]
    [InlineData(0.5), InlineData(3), InlineData(9.99), InlineData(15)]
    public void Recognize_Uniform_IsOnePart(double seconds)
    {
        var samples = Some.Noise(seconds);
        for (var t = 2.0; t < seconds; t += 2)
            Scale(samples, t - 0.06, t + 0.06, 0.001f);

        var part = Recognize(samples).ShouldHaveSingleItem();

        Top(part).ShouldBe(Emotion.Angry);
        part.Voiced.ShouldBe(samples.Length - 100);
    }

    [Theory]
    [InlineData(0.3), InlineData(5), InlineData(5.1), InlineData(15)]
    public void Recognize_NoQuietPoint_ProcessesPiecesOfAtMostFiveSeconds(double seconds)
    {
        using var model = new LoudnessModel();

        new SegmentRecognizer(model, model.Labels).Recognize(Segment(Some.Noise(seconds)), Ct);

        model.Lengths.ShouldAllBe(length => length <= (5 * Some.Rate) + 80);
        if (seconds <= 5)
            model.Lengths.ShouldHaveSingleItem();
        else
            model.Lengths.ShouldAllBe(length => length >= Some.Rate);
    }

    [Fact]
    public void Recognize_ShortPart_IsProcessedAgainAsAWhole()
    {
        using var model = new LoudnessModel();
        var samples = Some.Noise(4);
        Scale(samples, 1.95, 2.05, 0);

        var part = new SegmentRecognizer(model, model.Labels).Recognize(Segment(samples), Ct).ShouldHaveSingleItem();

        var piece = part.Pieces.ShouldHaveSingleItem();
        piece.Steps.ShouldBe(200);
        part.Logits.ShouldBe(piece.Logits);
        model.Lengths.Last().ShouldBe(samples.Length);
    }

    [Fact]
    public void Recognize_LongPart_LogitsAreTheMeanOfItsPiecesByLength()
    {
        var part = Recognize(Some.Noise(14)).ShouldHaveSingleItem();

        part.Pieces.Count.ShouldBeGreaterThan(2);
        for (var k = 0; k < part.Logits.Length; k++)
        {
            var mean = part.Pieces.Sum(piece => (double)piece.Logits[k] * piece.Steps) / part.Pieces.Sum(piece => piece.Steps);
            part.Logits[k].ShouldBe((float)mean, 1e-4f);
        }
    }

    [Theory]
    [InlineData(8.0), InlineData(1.0), InlineData(0.025), InlineData(14.987)]
    public void Recognize_AnyLength_PartsAndPiecesCoverItOnTheGrid(double seconds)
    {
        var samples = Some.Noise(seconds);
        Scale(samples, 0, seconds / 2, 0.2f);
        Scale(samples, (seconds / 2) - 0.06, (seconds / 2) + 0.06, 0.001f);

        foreach (var segment in (SpeechSegment[])[Segment(samples), new(3200, samples.Length, 0, samples)])
            ShouldCover(Recognize(segment), segment);
    }

    [Fact]
    public void Recognize_RealSpeechWithTheCompactModel_CoversIt()
    {
        var (model, segmenter) = (CompactModel.Recognizer.Model, new SpeechSegmenter(SegmentationOptions.Default));
        var recognizer = new SegmentRecognizer(model, model.Labels!);
        SpeechSegment[] segments = [.. segmenter.Add(Sounds.Conversation)];

        segments.ShouldNotBeEmpty();
        foreach (var segment in segments)
        {
            var parts = recognizer.Recognize(segment, Ct);

            ShouldCover(parts, segment);
            parts.Zip(parts.Skip(1)).ShouldAllBe(pair => pair.First.Start + pair.First.Length == pair.Second.Start);
            parts.SelectMany(part => part.Pieces).ShouldAllBe(piece => piece.Steps <= 250 && piece.Count <= piece.Frames.Count);
        }
    }

    [Fact]
    public void Recognize_Cancelled_Stops()
    {
        using var model = new LoudnessModel();

        Should.Throw<OperationCanceledException>(
            () => new SegmentRecognizer(model, model.Labels).Recognize(Segment(Some.Noise(2)), new CancellationToken(true)));
    }

    private static void ShouldCover(IReadOnlyList<EmotionSpan> parts, SpeechSegment segment)
    {
        var at = segment.Start;
        foreach (var part in parts)
        {
            part.Start.ShouldBe(at);
            (part.Start % 320).ShouldBe(0);
            part.Samples.Length.ShouldBe(part.Length);
            part.Samples.Span.SequenceEqual(segment.Samples.Span.Slice((int)(at - segment.Start), part.Length)).ShouldBeTrue();
            part.Pieces[0].Start.ShouldBe(at);
            part.Pieces.Zip(part.Pieces.Skip(1)).ShouldAllBe(pair => pair.First.Start + (pair.First.Count * 320) == pair.Second.Start);
            at += part.Length;
        }
        at.ShouldBe(segment.End);
        // The number of complete frames, over all pieces.
        var frames = parts.SelectMany(part => part.Pieces).Sum(piece => piece.Count);
        frames.ShouldBe((int)FrameGrid.FramesOf(segment.Samples.Length));
    }

    private static IReadOnlyList<EmotionSpan> Recognize(float[] samples) => Recognize(Segment(samples));

    private static IReadOnlyList<EmotionSpan> Recognize(SpeechSegment segment)
    {
        using var model = new LoudnessModel();
        return new SegmentRecognizer(model, model.Labels).Recognize(segment, Ct);
    }

    /// <summary>Returns a segment that leaves out the last frame's overlap, as in the middle of a recording.</summary>
    private static SpeechSegment Segment(float[] samples) => new(6400, samples.Length - 80, samples.Length - 100, samples);

    private static Emotion Top(EmotionSpan part) =>
        new LabelSet([.. EmotionNames.All.Select(emotion => emotion.Key())]).ScoreEmotions(part.Logits).Top;

    private static void Scale(float[] samples, double from, double to, float factor)
    {
        for (var i = Math.Max(0, (int)(from * Some.Rate)); i < Math.Min(samples.Length, to * Some.Rate); i++)
            samples[i] *= factor;
    }
}
