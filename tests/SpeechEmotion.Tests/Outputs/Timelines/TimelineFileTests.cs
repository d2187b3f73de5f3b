using System.Globalization;
using Shouldly;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

public sealed class TimelineFileTests
{
    public static TheoryData<TimelineFormat> Formats => [.. TimelineFormatNames.All];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_NotANumberAnywhere_ThrowsBeforeTheFirstByte(TimelineFormat format)
    {
        var right = SomeTimeline.With("mix");
        var segment = right.Segments[0];
        var scores = new EmotionScores([float.NaN, 0, 0, 0, 1, 0, 0, 0, 0]);
        Timeline[] wrong =
        [
            right with { Segments = [segment with { Scores = scores }] },
            right with { Segments = [segment with { Scores = new([float.PositiveInfinity, 0, 0, 0, 0, 0, 0, 0, 0]) }] },
            right with { Segments = [segment with { Start = double.NaN }] },
            right with { Segments = [segment with { End = double.PositiveInfinity }] },
            right with { Segments = [segment with { Start = 4, End = 3 }] },
            right with { Segments = [segment with { Channel = 1 }] },
            right with { Transitions = [right.Transitions[0] with { Confidence = float.NaN }] },
            right with { Transitions = [right.Transitions[0] with { Time = double.NaN }] },
            right with { Summary = right.Summary with { Shares = scores } },
            right with { Channels = [right.Channels[0] with { Summary = right.Summary with { Speech = double.NaN } }] },
        ];
        foreach (var timeline in wrong)
        {
            using var output = new MemoryStream();

            Should.Throw<ArgumentException>(() => TimelineFile.Write(output, timeline, format, SomeTimeline.Duration, "en"));

            output.Length.ShouldBe(0);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_WhereNumbersHaveCommas_IsTheSame(TimelineFormat format)
    {
        var expected = SomeTimeline.Text(SomeTimeline.With("a", "b"), format);
        var before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = culture;
            SomeTimeline.Text(SomeTimeline.With("a", "b"), format).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Write_AnyFormat_LeavesTheStreamOpenAndHasNoByteOrderMark(TimelineFormat format)
    {
        using var output = new MemoryStream();

        TimelineFile.Write(output, SomeTimeline.With("a", "b"), format, SomeTimeline.Duration, "en");

        output.CanWrite.ShouldBeTrue();
        output.GetBuffer()[0].ShouldBeLessThan((byte)0x80);
    }

    [Fact]
    public void Write_ManySegments_AreAllReadBack()
    {
        var timeline = SomeTimeline.Many(5000);
        var duration = TimeSpan.FromSeconds(2500 * 3.06);
        var emotions = timeline.Segments.Select(segment => segment.Emotion.Key()).ToArray();

        CsvReader.Read(SomeTimeline.Text(timeline, TimelineFormat.Csv)).Skip(1).Select(row => row[5]).ShouldBe(emotions);
        var cues = SrtReader.Read(SomeTimeline.Text(timeline, TimelineFormat.Srt));
        cues.Select(cue => cue.Start.TotalSeconds).ShouldBe(timeline.Segments.Select(segment => segment.Start), 0.0005);
        cues.Select(cue => cue.End.TotalSeconds).ShouldBe(timeline.Segments.Select(segment => segment.End), 0.0005);
        WebVttReader.Read(SomeTimeline.Text(timeline, TimelineFormat.WebVtt)).ShouldBe(cues);
        var tiers = TextGridReader.Read(SomeTimeline.Text(timeline, TimelineFormat.TextGrid, duration: duration)).Tiers;
        tiers[1].Intervals.Select(interval => interval.Text).ShouldBe(emotions.Where((_, i) => i % 2 == 1));
        SomeTimeline.Text(timeline, TimelineFormat.Audacity).Count(c => c == '\n').ShouldBe(5000);
    }

    [Fact]
    public void Write_FormatThatDoesNotExist_Throws() => Should.Throw<ArgumentOutOfRangeException>(
        () => SomeTimeline.Bytes(SomeTimeline.Empty, (TimelineFormat)99));

    [Fact]
    public void Write_NoDuration_Throws() => Should.Throw<ArgumentOutOfRangeException>(
        () => SomeTimeline.Bytes(SomeTimeline.Empty, TimelineFormat.TextGrid, duration: TimeSpan.Zero));
}
