using Shouldly;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

public sealed class TimelineTextGridTests
{
    [Fact]
    public void Write_OneChannel_LooksAsPraatWritesIt() =>
        SomeTimeline.Text(SomeTimeline.With("mix"), TimelineFormat.TextGrid).ReplaceLineEndings("\n").ShouldStartWith(
            """
            File type = "ooTextFile"
            Object class = "TextGrid"

            xmin = 0
            xmax = 8.31725
            tiers? <exists>
            size = 1
            item []:
                item [1]:
                    class = "IntervalTier"
                    name = "mix"
                    xmin = 0
                    xmax = 8.31725
                    intervals: size = 5
                    intervals [1]:
                        xmin = 0
                        xmax = 0.38
                        text = ""
                    intervals [2]:
                        xmin = 0.38
                        xmax = 3.1
                        text = "angry"

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Write_TwoChannels_HaveATierEachThatEndsWithTheRecording()
    {
        var grid = Read(SomeTimeline.With("customer", "agent"));

        grid.End.ShouldBe(8.31725m);
        grid.Tiers.Select(tier => tier.Name).ShouldBe(["customer", "agent"]);
        grid.Tiers[0].Intervals.ShouldBe(
            [new(0, 0.38m, ""), new(0.38m, 3.1m, "angry"), new(3.1m, 5.26m, ""), new(5.26m, 8.31725m, "happy")]);
        grid.Tiers[1].Intervals.ShouldBe([new(0, 3.1m, ""), new(3.1m, 3.44m, "neutral"), new(3.44m, 8.31725m, "")]);
    }

    [Fact]
    public void Write_HostileRoles_AreNamesOnOneLine()
    {
        var grid = Read(SomeTimeline.With(SomeTimeline.HostileRoles));

        grid.Tiers.Select(tier => tier.Name).ShouldBe(
        [
            "客户", "\"a\", b", "x --> y", "</v><b>&lt;{\\an8}", "one two 3 00:00:00,000 --> 00:00:09,000 4", "=cmd()", "+1", "@x",
            "half \ufffd", "", "",
        ]);
        grid.Tiers.Skip(2).ShouldAllBe(tier => tier.Intervals.Count == 1);
    }

    [Fact]
    public void Write_AnySegments_CoverTheRecordingOnce()
    {
        foreach (var timeline in (Timeline[])[SomeTimeline.Many(501), SomeTimeline.Empty, SomeTimeline.With("a", "b", "c")])
        {
            foreach (var tier in Read(timeline, TimeSpan.FromSeconds(768.05)).Tiers)
            {
                tier.Intervals[0].Start.ShouldBe(0);
                tier.Intervals[^1].End.ShouldBe(768.05m);
                tier.Intervals.ShouldAllBe(interval => interval.End > interval.Start);
                tier.Intervals.Zip(tier.Intervals.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Start);
            }
        }
    }

    [Fact]
    public void Write_SegmentBeyondTheEnd_IsLeftOut()
    {
        var timeline = SomeTimeline.With("mix") with { Segments = [SomeTimeline.Segment(0, 8.31726, 8.4, Emotion.Sad, 1)] };

        Read(timeline).Tiers[0].Intervals.ShouldBe([new(0, 8.31725m, "")]);
    }

    private static TextGridReader.Grid Read(Timeline timeline, TimeSpan? duration = null) =>
        TextGridReader.Read(SomeTimeline.Text(timeline, TimelineFormat.TextGrid, duration: duration));
}
