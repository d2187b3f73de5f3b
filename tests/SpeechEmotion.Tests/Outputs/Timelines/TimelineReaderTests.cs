using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

/// <summary>Reads back written timelines and rejects everything else.</summary>
public sealed class TimelineReaderTests
{
    [Theory]
    [InlineData(Granularity.Utterance)]
    [InlineData(Granularity.Frame)]
    public void Read_WrittenTimeline_WritesTheSameAgain(Granularity granularity)
    {
        foreach (var timeline in new[] { SomeTimeline.With("客户", "agent"), SomeTimeline.Empty, SomeTimeline.Many(5000) })
        {
            using var folder = new TemporaryFolder();
            ResultJson.Write(
                folder.File("result.json"),
                SomeRecognition.With(granularity) with { Timeline = timeline, Duration = SomeTimeline.Duration },
                DateTimeOffset.UnixEpoch,
                "a.wav");
            using var file = File.OpenRead(folder.File("result.json"));

            var read = TimelineReader.Read(file, "result.json").ShouldNotBeNull();

            read.Duration.ShouldBe(SomeTimeline.Duration);
            foreach (var format in TimelineFormatNames.All)
                SomeTimeline.Text(read.Timeline, format).ShouldBe(SomeTimeline.Text(Rounded(timeline), format), format.Key());
        }
    }

    [Fact]
    public void Read_NoTimeline_IsNull()
    {
        using var folder = new TemporaryFolder();
        ResultJson.Write(folder.File("result.json"), SomeRecognition.With(Granularity.Frame), DateTimeOffset.UnixEpoch, "a.wav");
        using var file = File.OpenRead(folder.File("result.json"));

        TimelineReader.Read(file, "result.json").ShouldBeNull();
    }

    [Fact]
    public void Read_ScoresThatRoundingMadeEqual_KeepTheirEmotion()
    {
        var scores = new float[] { 0.45001f, 0, 0, 0, 0.45004f, 0, 0.09995f, 0, 0 };
        var timeline = SomeTimeline.With("mix");
        timeline = timeline with { Segments = [timeline.Segments[0] with { Scores = new(scores) }] };

        var read = Read(Document(timeline)).ShouldNotBeNull().Timeline;

        read.Segments[0].Emotion.ShouldBe(Emotion.Neutral);
        // 0.45 and 0.4500 are the same number.
        JsonElement.DeepEquals(Parse(read), Parse(timeline)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"duration\":8.31725,", "")]
    [InlineData("\"duration\":8.31725", "\"duration\":-1")]
    [InlineData("\"duration\":8.31725", "\"duration\":1e300")]
    [InlineData("\"duration\":8.31725", "\"duration\":\"long\"")]
    [InlineData("\"angry\"", "\"wrath\"")]
    [InlineData("\"emotion\":\"angry\"", "\"emotion\":\"happy\"")]
    [InlineData("\"channel\":0", "\"channel\":7")]
    [InlineData("\"index\":0", "\"index\":1")]
    [InlineData("\"start\":0.38", "\"start\":-0.38")]
    [InlineData("\"start\":0.38", "\"start\":1e999")]
    [InlineData("\"end\":3.1", "\"end\":0.1")]
    [InlineData("\"role\":\"mix\"", "\"role\":null")]
    [InlineData("\"too_short\"", "\"too_long\"")]
    [InlineData("\"segments\":[", "\"segments\":{")]
    [InlineData("\"transitions\"", "\"changes\"")]
    [InlineData("\"timeline\":{", "\"timeline\":[{")]
    public void Read_Damaged_IsAnError(string part, string other)
    {
        var document = Document(SomeTimeline.With("mix"));
        document.ShouldContain(part);

        var error = Should.Throw<OutputException>(() => Read(document.Replace(part, other, StringComparison.Ordinal)));

        error.Code.ShouldBe("output.damaged");
        error.MessageZh.ShouldContain("result.json");
    }

    [Fact]
    public void Read_CutShortAnywhere_IsAnError()
    {
        var document = Document(SomeTimeline.With("mix"));

        for (var length = 0; length < document.Length - 1; length += 7)
            Should.Throw<OutputException>(() => Read(document[..length])).Code.ShouldBe("output.damaged");
    }

    private static Timeline Rounded(Timeline timeline) => timeline with
    {
        Segments =
        [
            .. timeline.Segments.Select(
                segment => segment with { Start = Math.Round(segment.Start, 2), End = Math.Round(segment.End, 2) }),
        ],
    };

    private static JsonElement Parse(Timeline timeline) => JsonElement.Parse(SomeTimeline.Text(timeline, TimelineFormat.Json));

    private static StoredTimeline? Read(string document) =>
        TimelineReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(document)), "result.json");

    private static string Document(Timeline timeline) =>
        """{"emotion":"angry","scores":{"duration":1},"duration":8.31725,"timeline":"""
        + SomeTimeline.Text(timeline, TimelineFormat.Json) + "}";
}
