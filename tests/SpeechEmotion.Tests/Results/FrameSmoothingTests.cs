using Shouldly;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Results;

public sealed class FrameSmoothingTests
{
    [Fact]
    public void Smooth_SingleOutlier_DisappearsInItsNeighbours()
    {
        var frames = Frames(200, t => t == 100 ? Emotion.Angry : Emotion.Neutral);

        frames.Smooth().ShouldAllBe(frame => frame.Scores!.Top == Emotion.Neutral);
    }

    [Fact]
    public void Smooth_Change_StaysWhereItIs()
    {
        var frames = Frames(200, t => t < 100 ? Emotion.Sad : Emotion.Happy);

        var smoothed = frames.Smooth();

        var change = smoothed.First(frame => frame.Scores!.Top == Emotion.Happy).Start;
        change.ShouldBe(2.0, 0.05);
    }

    [Fact]
    public void Smooth_EveryFifth_GivesTenASecondThatSumToOne()
    {
        var smoothed = Frames(101, t => (Emotion)(t % 9)).Smooth(hop: 5);

        smoothed.Count.ShouldBe(21);
        smoothed.Select(frame => frame.Start).ShouldBe(Enumerable.Range(0, 21).Select(i => i * 5 * 0.02));
        foreach (var frame in smoothed)
            frame.Scores!.Values.ToArray().Sum().ShouldBe(1, 1e-5f);
    }

    [Fact]
    public void Smooth_SilenceBetween_StaysEmptyAndIsLeftOutOfTheAverages()
    {
        var frames = Frames(200, t => t < 90 ? Emotion.Sad : Emotion.Happy);
        for (var t = 80; t < 100; t++)
            frames[t] = frames[t] with { Scores = null };

        var smoothed = frames.Smooth();

        smoothed.Select(frame => frame.Scores is null).ShouldBe(frames.Select(frame => frame.Scores is null));
        foreach (var frame in smoothed.Where(frame => frame.Scores is not null))
            frame.Scores!.Values.ToArray().Sum().ShouldBe(1, 1e-5f);
        // Half a second around 1.58 s: 26 sad frames before the silence, and the first 5 happy ones after it.
        smoothed[79].Scores![Emotion.Sad].ShouldBe(26f / 31, 0.05f);
    }

    [Fact]
    public void Smooth_LongSilence_ForgetsTheFramesBefore()
    {
        var frames = Frames(300, t => t < 100 ? Emotion.Sad : Emotion.Happy);
        for (var t = 100; t < 200; t++)
            frames[t] = frames[t] with { Scores = null };

        var smoothed = frames.Smooth();

        smoothed[99].Scores!.Values.ToArray().ShouldBe(new EmotionScores([0, 0, 0, 0, 0, 0, 1, 0, 0]).Values.ToArray());
        smoothed[200].Scores!.Values.ToArray().ShouldBe(new EmotionScores([0, 0, 0, 1, 0, 0, 0, 0, 0]).Values.ToArray());
    }

    [Fact]
    public void Smooth_NoSpeech_GivesNoScores()
    {
        FrameScores[] frames = [.. Enumerable.Range(0, 60).Select(t => new FrameScores(t * 0.02, null))];

        frames.Smooth(hop: 5).ShouldAllBe(frame => frame.Scores == null);
    }

    private static FrameScores[] Frames(int count, Func<int, Emotion> top) =>
        [.. Enumerable.Range(0, count).Select(t =>
        {
            var scores = new float[9];
            scores[(int)top(t)] = 1;
            return new FrameScores(t * 0.02, new(scores));
        })];
}
