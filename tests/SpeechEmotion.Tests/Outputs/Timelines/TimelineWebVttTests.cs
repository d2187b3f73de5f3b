using Shouldly;
using SpeechEmotion.Outputs.Timelines;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

public sealed class TimelineWebVttTests
{
    [Fact]
    public void Write_TwoChannels_HaveVoices() =>
        SomeTimeline.Text(SomeTimeline.With("customer", "agent"), TimelineFormat.WebVtt).ReplaceLineEndings("\n").ShouldBe(
            """
            WEBVTT

            00:00:00.380 --> 00:00:03.100
            <v customer>😠 Angry 83%

            00:00:03.100 --> 00:00:03.440
            <v agent>😐 Neutral 61%

            00:00:05.260 --> 00:00:08.317
            <v customer>😊 Happy 100%

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Write_OneChannel_IsReadBackWithoutVoice() =>
        WebVttReader.Read(SomeTimeline.Text(SomeTimeline.With("mix"), TimelineFormat.WebVtt, "zh"))[0]
            .ShouldBe(new(TimeSpan.FromMilliseconds(380), TimeSpan.FromMilliseconds(3100), null, "😠 愤怒 83%"));

    [Theory]
    [InlineData("x --> y")]
    [InlineData("</v><b>&lt;{\\an8}")]
    [InlineData("R&D <\"1\">")]
    public void Write_RoleWithMarkup_IsReadBackUnchanged(string role) =>
        WebVttReader.Read(SomeTimeline.Text(SomeTimeline.With(role, "agent"), TimelineFormat.WebVtt))[0].Speaker.ShouldBe(role);

    [Fact]
    public void Write_HostileRoles_LeaveTheCuesAlone()
    {
        foreach (var role in SomeTimeline.HostileRoles)
        {
            var cues = WebVttReader.Read(SomeTimeline.Text(SomeTimeline.With(role, "agent"), TimelineFormat.WebVtt));

            cues.Select(cue => cue.Text).ShouldBe(["😠 Angry 83%", "😐 Neutral 61%", "😊 Happy 100%"]);
            cues[1].Speaker.ShouldBe("agent");
        }
    }

    [Fact]
    public void Write_Empty_IsAHeader() => WebVttReader.Read(SomeTimeline.Text(SomeTimeline.Empty, TimelineFormat.WebVtt)).ShouldBeEmpty();
}
