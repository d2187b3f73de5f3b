using Shouldly;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

public sealed class TimelineSrtTests
{
    [Fact]
    public void Write_OneChannel_NamesNoSpeaker() =>
        SomeTimeline.Text(SomeTimeline.With("customer"), TimelineFormat.Srt).ReplaceLineEndings("\n").ShouldStartWith(
            """
            1
            00:00:00,380 --> 00:00:03,100
            😠 Angry 83%

            2
            00:00:03,100 --> 00:00:03,440
            😐 Neutral 61%

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Write_TwoChannels_AreReadBack() =>
        SrtReader.Read(SomeTimeline.Text(SomeTimeline.With("客户", "坐席"), TimelineFormat.Srt, "zh-CN")).ShouldBe(
        [
            new(TimeSpan.FromMilliseconds(380), TimeSpan.FromMilliseconds(3100), "客户", "😠 愤怒 83%"),
            new(TimeSpan.FromMilliseconds(3100), TimeSpan.FromMilliseconds(3440), "坐席", "😐 中性 61%"),
            new(TimeSpan.FromMilliseconds(5260), TimeSpan.FromMilliseconds(8317), "客户", "😊 快乐 100%"),
        ]);

    [Theory]
    [InlineData("x --> y", "x --› y")]
    [InlineData("<b>{\\an8}", "‹b›(\\an8)")]
    [InlineData("a\r\n\r\n2\tb\u2028c", "a 2 b c")]
    [InlineData("\n", null)]
    public void Write_HostileRole_IsOneLineWithoutTags(string role, string? speaker) =>
        SrtReader.Read(SomeTimeline.Text(SomeTimeline.With(role, "agent"), TimelineFormat.Srt))[0].Speaker.ShouldBe(speaker);

    [Fact]
    public void Write_HostileRoles_LeaveTheCuesAlone()
    {
        foreach (var role in SomeTimeline.HostileRoles)
            SrtReader.Read(SomeTimeline.Text(SomeTimeline.With(role, "agent"), TimelineFormat.Srt)).Count.ShouldBe(3);
    }

    [Fact]
    public void Write_LateAndShortSegment_HasHoursAndEndsAfterItsStart()
    {
        var timeline = SomeTimeline.With("mix") with { Segments = [SomeTimeline.Segment(0, 360_000.9996, 360_000.9997, Emotion.Sad, 1)] };

        SomeTimeline.Text(timeline, TimelineFormat.Srt).ShouldContain("\n100:00:01,000 --> 100:00:01,001\n");
    }

    [Fact]
    public void Write_Empty_IsEmpty() => SomeTimeline.Text(SomeTimeline.Empty, TimelineFormat.Srt).ShouldBe("");
}
