using System.Runtime.InteropServices;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Live;

/// <summary>The messages that a live stream receives about its audio.</summary>
public sealed class LiveTests
{
    private static readonly short[] Talk = Recordings.Talk(6);

    [Fact]
    public async Task Stream_InMessagesOfAnySize_GivesTheSegmentsOfTheFile()
    {
        await using var server = await RunningServer.StartAsync();
        var expected = await TimelineAsync(server);
        var random = new Random(1);
        foreach (var size in new Func<int>[] { () => 100, () => 3200, () => 1 << 20, () => 3333, () => random.Next(1, 5000) })
        {
            using var client = await LiveClient.StartAsync(server);
            var messages = client.RestAsync();

            await client.SendAsync(Talk, size);
            await client.SendAsync(LiveClient.End);

            var received = await messages;
            client.CloseStatus.ShouldBe(1000);
            received[^1].Type().ShouldBe("summary");
            var segments = expected.GetProperty("segments").EnumerateArray().ToArray();
            segments.Length.ShouldBeGreaterThan(5);
            ShouldBeSame(received.Of("segment"), segments);
            ShouldBeSame([.. received[^1].GetProperty("timeline").GetProperty("segments").EnumerateArray()], segments);
            received[^1].GetProperty("timeline").GetProperty("summary").GetRawText().ShouldBe(expected.GetProperty("summary").GetRawText());
        }
    }

    [Fact]
    public async Task Stream_StereoFloat_GivesTheSameSegments()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await LiveClient.StartAsync(server, """{"sample_rate": 16000, "channels": 2, "encoding": "f32le"}""");
        var messages = client.RestAsync();
        var floats = Talk.SelectMany(sample => new[] { sample / 32768f, sample / 32768f }).ToArray();

        var bytes = MemoryMarshal.AsBytes(floats.AsSpan()).ToArray();
        for (var at = 0; at < bytes.Length; at += 10_001)
            await client.SendAsync(bytes.AsMemory(at, Math.Min(10_001, bytes.Length - at)));
        await client.SendAsync(LiveClient.End);

        ShouldBeSame((await messages).Of("segment"), [.. (await TimelineAsync(server)).GetProperty("segments").EnumerateArray()]);
    }

    [Fact]
    public async Task Stream_InRealTimeOrder_ReportsEachHop()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await LiveClient.ConnectAsync(server);
        await client.SendAsync("""{"sample_rate": 16000, "hop": 0.5, "window": 2, "model": "compact", "language": "zh"}""");
        var ready = await client.NextAsync();

        ready.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "model", "hop", "window"]);
        ready.GetProperty("model").EnumerateObject().Select(field => field.Name).ShouldBe(["id", "precision", "hash"]);
        ready.GetProperty("model").GetProperty("id").GetString().ShouldBe("compact");
        ready.GetProperty("hop").GetDouble().ShouldBe(0.5);
        ready.GetProperty("window").GetDouble().ShouldBe(2);
        var partials = new List<JsonElement>();
        var samples = Recordings.Talk(1);
        for (var at = 0; at + 8000 <= samples.Length; at += 8000)
        {
            await client.SendAsync(samples[at..(at + 8000)]);
            partials.Add(await client.NextAsync("partial"));
        }
        await client.SendAsync(LiveClient.End);
        var rest = await client.RestAsync();

        partials.Select(partial => partial.GetProperty("end").GetDouble())
            .ShouldBe(Enumerable.Range(1, partials.Count).Select(i => i * 0.5));
        partials[^1].GetProperty("start").GetDouble().ShouldBe((partials.Count * 0.5) - 2);
        var spoken = partials.First(partial => partial.GetProperty("speech").GetBoolean());
        spoken.EnumerateObject().Select(field => field.Name)
            .ShouldBe(["type", "start", "end", "speech", "emotion", "confidence", "scores"]);
        spoken.GetProperty("scores").EnumerateObject().Select(score => score.Name)
            .ShouldBe(EmotionNames.All.Select(emotion => emotion.Key()));
        spoken.GetProperty("scores").EnumerateObject().Sum(score => score.Value.GetDouble()).ShouldBe(1, 0.001);
        spoken.GetProperty("confidence").GetDouble()
            .ShouldBe(spoken.GetProperty("scores").GetProperty(spoken.GetProperty("emotion").GetString()!).GetDouble());
        rest[^1].Seconds().ShouldBe(partials.Count * 0.5, 0.02);
    }

    [Fact]
    public async Task Stream_OfSilence_HasPartialsWithoutScoresAndNoSegment()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await LiveClient.StartAsync(server);
        await client.SendAsync(new short[16000], () => 32_000);
        var partial = await client.NextAsync();
        await client.SendAsync(LiveClient.End);

        partial.GetRawText().ShouldBe(
            """{"type":"partial","start":0,"end":1,"speech":false,"emotion":null,"confidence":null,"scores":null}""");
        var summary = (await client.RestAsync()).ShouldHaveSingleItem().GetProperty("timeline");
        summary.GetProperty("segments").GetArrayLength().ShouldBe(0);
        summary.GetProperty("summary").GetProperty("dominant").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Stream_OfNothing_HasAnEmptySummary()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await LiveClient.StartAsync(server);
        await client.SendAsync(new byte[1]);
        await client.SendAsync(LiveClient.End);

        (await client.RestAsync()).ShouldHaveSingleItem().Seconds().ShouldBe(0);
        client.CloseStatus.ShouldBe(1000);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"sample_rate": 3999}""")]
    [InlineData("""{"sample_rate": "16000"}""")]
    [InlineData("""{"sample_rate": 16000, "channels": 9}""")]
    [InlineData("""{"sample_rate": 16000, "channels": 0}""")]
    [InlineData("""{"sample_rate": 16000, "encoding": "mp3"}""")]
    [InlineData("""{"sample_rate": 16000, "hop": 0.2}""")]
    [InlineData("""{"sample_rate": 16000.5}""")]
    [InlineData("""{"sample_rate": "16000,0"}""")]
    [InlineData("""{"sample_rate": 16000, "encoding": 5}""")]
    [InlineData("""{"sample_rate": 16000, "model": "\ud800"}""")]
    [InlineData("""{"sample_rate": 1e400}""")]
    [InlineData("""{"sample_rate": 16000, "hop": 1e999}""")]
    [InlineData("""{"sample_rate": 16000, "window": 11}""")]
    [InlineData("""{"sample_rate": 16000, "language": "fr"}""")]
    public async Task Start_Invalid_IsAnError(string start)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        using var client = await LiveClient.ConnectAsync(server, ("Accept-Language", "zh"));
        await client.SendAsync(start);

        var error = (await client.RestAsync()).ShouldHaveSingleItem();

        error.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "code", "message"]);
        error.Code().ShouldBe("live.invalid");
        error.GetProperty("message").GetString()!.ShouldMatch("[\u4e00-\u9fff]");
        error.GetProperty("message").GetString()!.ShouldNotContain("System.");
        client.CloseStatus.ShouldBe(1008);
    }

    [Theory]
    [InlineData("""{"sample_rate": 16000.0}""")]
    [InlineData("""{"sample_rate": 1.6e4, "channels": 1.0}""")]
    public async Task Start_WholeNumberAsFloatingPoint_IsAccepted(string start)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var client = await LiveClient.StartAsync(server, start);

        await client.SendAsync(LiveClient.End);
        (await client.RestAsync())[^1].Type().ShouldBe("summary");
    }

    [Fact]
    public async Task Stream_ThatBeginsAsAFile_IsRefusedOrItsHeaderSkipped()
    {
        await using var server = await RunningServer.StartAsync();
        using var webm = await LiveClient.StartAsync(server);
        await webm.SendAsync((byte[])[0x1A, 0x45, 0xDF, 0xA3, .. new byte[8000]]);
        var refused = (await webm.RestAsync()).ShouldHaveSingleItem();
        refused.Code().ShouldBe("audio.not_raw");
        refused.GetProperty("message").GetString()!.ShouldContain("WebM");
        webm.CloseStatus.ShouldBe(1008);

        using var other = await LiveClient.StartAsync(server, """{"sample_rate": 44100}""");
        await other.SendAsync(Recordings.Speech);
        (await other.RestAsync()).ShouldHaveSingleItem().Code().ShouldBe("audio.other_format");

        var file = await SegmentsAsync(server, Recordings.Speech);
        file.ShouldBe(await SegmentsAsync(server, Recordings.Speech[44..]));
        file.ShouldNotBeEmpty();
    }

    private static async Task<string[]> SegmentsAsync(RunningServer server, byte[] bytes)
    {
        using var client = await LiveClient.StartAsync(server);
        var messages = client.RestAsync();
        await client.SendAsync(bytes);
        await client.SendAsync(LiveClient.End);
        return [.. (await messages).Of("segment").Select(segment => segment.GetRawText())];
    }

    [Fact]
    public async Task Start_TooLongOrNoText_IsAnError()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        using var large = await LiveClient.ConnectAsync(server);
        await large.SendAsync($$"""{"sample_rate": 16000, "note": "{{new string('x', 20_000)}}"}""");
        using var binary = await LiveClient.ConnectAsync(server);
        await binary.SendAsync(new byte[100]);

        (await large.RestAsync()).ShouldHaveSingleItem().Code().ShouldBe("live.invalid");
        (await binary.RestAsync()).ShouldHaveSingleItem().Code().ShouldBe("live.invalid");
    }

    [Fact]
    public async Task Start_UnknownModel_IsAnError()
    {
        await using var server = await (await RunningServer.StartAsync(model: () => new SlowModel())).ReadyAsync();
        using var client = await LiveClient.ConnectAsync(server);
        await client.SendAsync("""{"sample_rate": 16000, "model": "../../etc"}""");

        (await client.RestAsync()).ShouldHaveSingleItem().Code().ShouldBe("model.not_found");
        client.CloseStatus.ShouldBe(1008);
    }

    [Fact]
    public async Task Text_Unknown_EndsTheStreamAfterTheSummary()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await LiveClient.StartAsync(server);
        await client.SendAsync(new short[8000]);
        await client.SendAsync("""{"type": "pause"}""");

        var rest = await client.RestAsync();

        rest.Select(message => message.Type()).ShouldBe(["summary", "error"]);
        rest[0].Seconds().ShouldBe(0.5, 0.02);
        rest[1].Code().ShouldBe("live.invalid");
        client.CloseStatus.ShouldBe(1008);
    }

    [Fact]
    public async Task Samples_NotFinite_AreAnError()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await LiveClient.StartAsync(server, """{"sample_rate": 16000, "encoding": "f32le"}""");
        await client.SendAsync(MemoryMarshal.AsBytes([.. Enumerable.Repeat(float.NaN, 16000)]).ToArray());

        (await client.RestAsync()).ShouldHaveSingleItem().Code().ShouldBe("audio.not_finite");
        client.CloseStatus.ShouldBe(1008);
    }

    private static async Task<JsonElement> TimelineAsync(RunningServer server)
    {
        using var posted = await server.PostAsync(Recordings.Wav(Talk), "talk.wav", ("segments", "always"));
        using var timeline = await server.GetAsync((await posted.JsonAsync()).GetProperty("links").GetProperty("timeline").GetString()!);
        return await timeline.JsonAsync();
    }

    private static void ShouldBeSame(JsonElement[] actual, JsonElement[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        foreach (var (one, other) in actual.Zip(expected))
        {
            foreach (var name in new[] { "start", "end", "emotion", "channel" })
                one.GetProperty(name).GetRawText().ShouldBe(other.GetProperty(name).GetRawText());
            foreach (var emotion in EmotionNames.All)
            {
                var score = other.GetProperty("scores").GetProperty(emotion.Key()).GetDouble();
                one.GetProperty("scores").GetProperty(emotion.Key()).GetDouble().ShouldBe(score, 1e-5);
            }
            one.GetProperty("quality").GetRawText().ShouldBe(other.GetProperty("quality").GetRawText());
        }
    }
}
