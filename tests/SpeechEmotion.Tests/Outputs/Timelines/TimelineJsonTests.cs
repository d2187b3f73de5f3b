using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

public sealed class TimelineJsonTests
{
    [Fact]
    public void Write_Timeline_HasTheFieldsOfItsDescription()
    {
        using var json = Parse(SomeTimeline.With("客户", "agent"));
        var timeline = json.RootElement;

        Names(timeline).ShouldBe(["channels", "summary", "segments", "transitions"]);
        Names(timeline.GetProperty("channels")[1]).ShouldBe(["index", "role", "speech", "silence", "dominant", "shares"]);
        timeline.GetProperty("channels")[0].GetProperty("role").GetString().ShouldBe("客户");
        Names(timeline.GetProperty("summary")).ShouldBe(["speech", "silence", "dominant", "shares"]);
        timeline.GetProperty("summary").GetProperty("speech").GetRawText().ShouldBe("6.12");
        timeline.GetProperty("summary").GetProperty("dominant").GetString().ShouldBe("happy");
        var segment = timeline.GetProperty("segments")[1];
        Names(segment).ShouldBe(["channel", "start", "end", "emotion", "confidence", "scores", "quality"]);
        segment.GetProperty("channel").GetInt32().ShouldBe(1);
        segment.GetProperty("end").GetDouble().ShouldBe(3.44);
        segment.GetProperty("scores").EnumerateObject().Select(score => score.Name)
            .ShouldBe(EmotionNames.All.Select(emotion => emotion.Key()));
        segment.GetProperty("scores").GetProperty("angry").GetDouble().ShouldBe(0.0494);
        segment.GetProperty("quality")[0].GetRawText().ShouldBe(
            """{"reason":"too_short","value":0.34,"text":"Weak.","text_zh":"很弱。"}""");
        timeline.GetProperty("segments")[0].GetProperty("quality").GetArrayLength().ShouldBe(0);
        timeline.GetProperty("transitions")[0].GetRawText().ShouldStartWith(
            """{"time":3.1,"channel":0,"from":"angry","to":"neutral","confidence":0.605""");
    }

    [Fact]
    public void Write_Shares_SumToExactlyOne()
    {
        using var json = Parse(SomeTimeline.With("mix"));

        var shares = json.RootElement.GetProperty("summary").GetProperty("shares").EnumerateObject().ToArray();
        shares.Length.ShouldBe(9);
        shares.Sum(share => share.Value.GetDecimal()).ShouldBe(1m);
    }

    [Fact]
    public void Write_NoSpeech_IsNullAndEmpty()
    {
        using var json = Parse(SomeTimeline.Empty);

        json.RootElement.GetRawText().ShouldBe(
            """
            {"channels":[{"index":0,"role":"mix","speech":0,"silence":8.32,"dominant":null,"shares":null}],
            """
            + """
            "summary":{"speech":0,"silence":8.32,"dominant":null,"shares":null},"segments":[],"transitions":[]}
            """);
    }

    [Fact]
    public void Write_HostileRoles_AreReadBack()
    {
        using var json = Parse(SomeTimeline.With(SomeTimeline.HostileRoles));

        json.RootElement.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("role").GetString())
            .ShouldBe(SomeTimeline.HostileRoles.Select(role => role.Replace('\ud83d', '\ufffd')));
    }

    [Fact]
    public void Write_ManySegments_ArrivesInBlocks()
    {
        using var output = new BlockCounter();

        TimelineJson.Write(output, SomeTimeline.Many(5000));

        output.Largest.ShouldBeLessThan(200_000);
        using var json = JsonDocument.Parse(output.ToArray());
        json.RootElement.GetProperty("segments").GetArrayLength().ShouldBe(5000);
    }

    [Fact]
    public void WriteSegment_InAnObject_AddsItsFields()
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("type", "segment");
            TimelineJson.WriteSegment(json, SomeTimeline.With("mix").Segments[0]);
            json.WriteEndObject();
        }

        Encoding.UTF8.GetString(output.ToArray())
            .ShouldStartWith("""{"type":"segment","channel":0,"start":0.38,"end":3.1,"emotion":"angry",""");
    }

    [Fact]
    public void WritePartial_Speech_HasItsScores()
    {
        var scores = SomeTimeline.With("mix").Segments[0].Scores;

        var partial = Fields(json => TimelineJson.WritePartial(json, 0.37506, 3.37506, scores));

        Names(partial).ShouldBe(["start", "end", "speech", "emotion", "confidence", "scores"]);
        partial.GetProperty("end").GetRawText().ShouldBe("3.3751");
        partial.GetProperty("emotion").GetString().ShouldBe("angry");
        partial.GetProperty("confidence").GetDecimal().ShouldBe(partial.GetProperty("scores").GetProperty("angry").GetDecimal());
        Names(partial.GetProperty("scores")).ShouldBe(EmotionNames.All.Select(emotion => emotion.Key()));
    }

    [Fact]
    public void WritePartial_NoSpeech_IsNull() => Fields(json => TimelineJson.WritePartial(json, 0, 1, null)).GetRawText()
        .ShouldBe("""{"start":0,"end":1,"speech":false,"emotion":null,"confidence":null,"scores":null}""");

    private static JsonElement Fields(Action<Utf8JsonWriter> write)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return JsonElement.Parse(output.ToArray());
    }

    private static JsonDocument Parse(Timeline timeline) => JsonDocument.Parse(SomeTimeline.Bytes(timeline, TimelineFormat.Json));

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    private sealed class BlockCounter : MemoryStream
    {
        public int Largest { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Largest = Math.Max(Largest, buffer.Length);
            base.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Largest = Math.Max(Largest, count);
            base.Write(buffer, offset, count);
        }
    }
}
