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

    private static FrameScores[] Frames(int count, Func<int, Emotion> top) =>
        [.. Enumerable.Range(0, count).Select(t =>
        {
            var scores = new float[9];
            scores[(int)top(t)] = 1;
            return new FrameScores(t * 0.02, new(scores));
        })];
}
