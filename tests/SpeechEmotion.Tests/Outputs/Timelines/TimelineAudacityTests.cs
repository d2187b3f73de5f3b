using System.Globalization;
using Shouldly;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

public sealed class TimelineAudacityTests
{
    [Fact]
    public void Write_TwoChannels_NameWhoSpeaks() =>
        SomeTimeline.Text(SomeTimeline.With("customer", "agent"), TimelineFormat.Audacity).ShouldBe(
            "0.380000\t3.100000\tcustomer: 😠 Angry 83%\n"
            + "3.100000\t3.440000\tagent: 😐 Neutral 61%\n"
            + "5.260000\t8.317300\tcustomer: 😊 Happy 100%\n");

    [Fact]
    public void Write_OneChannel_IsReadBack() => Read(SomeTimeline.With("mix"), "zh")[1]
        .ShouldBe(new(TimeSpan.FromSeconds(3.1), TimeSpan.FromSeconds(3.44), null, "😐 中性 61%"));

    [Fact]
    public void Write_HostileRoles_StayOnTheirLines()
    {
        foreach (var role in SomeTimeline.HostileRoles)
        {
            var labels = Read(SomeTimeline.With(role, "agent"), "en");

            labels.Count.ShouldBe(3);
            labels[0].Text.ShouldEndWith("😠 Angry 83%");
            labels[1].Text.ShouldBe("agent: 😐 Neutral 61%");
        }
    }

    [Fact]
    public void Write_Empty_IsEmpty() => SomeTimeline.Text(SomeTimeline.Empty, TimelineFormat.Audacity).ShouldBe("");

    /// <summary>Reads labels as Audacity does: a line has two times and a text that extends to its end.</summary>
    private static List<Cue> Read(Timeline timeline, string language)
    {
        var labels = new List<Cue>();
        foreach (var line in SomeTimeline.Text(timeline, TimelineFormat.Audacity, language)
            .ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            var parts = line.Split('\t');
            parts.Length.ShouldBe(3);
            labels.Add(new(Time(parts[0]), Time(parts[1]), null, parts[2]));
        }
        return labels;
    }

    private static TimeSpan Time(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
