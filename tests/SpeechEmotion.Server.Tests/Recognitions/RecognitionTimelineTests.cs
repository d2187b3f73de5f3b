using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>Segments, channels and roles in requests and results.</summary>
public sealed class RecognitionTimelineTests
{
    [Fact]
    public async Task Post_SegmentsAlways_HasATimelineInAllFormats()
    {
        await using var server = await RunningServer.StartAsync();
        using var posted = await server.PostAsync(Recordings.Wav(Recordings.Talk(2)), "talk.wav", ("segments", "Always"));
        var recognition = await posted.JsonAsync();
        var link = recognition.GetProperty("links").GetProperty("timeline").GetString()!;

        recognition.GetProperty("segments").GetString().ShouldBe("always");
        recognition.GetProperty("channels").GetString().ShouldBe("mix");
        recognition.GetProperty("roles").ValueKind.ShouldBe(JsonValueKind.Null);
        link.ShouldBe($"/api/v1/recognitions/{recognition.GetProperty("id").GetString()}/timeline");
        using var json = await server.GetAsync(link);
        json.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        json.Content.Headers.ContentDisposition.ShouldBeNull();
        using var result = await server.GetAsync(recognition.GetProperty("links").GetProperty("result").GetString()!);
        var timeline = await json.JsonAsync();
        JsonElement.DeepEquals(timeline, (await result.JsonAsync()).GetProperty("timeline")).ShouldBeTrue();
        var dominant = recognition.GetProperty("dominant");
        var emotion = dominant.GetProperty("emotion").GetString()!;
        emotion.ShouldBe(timeline.GetProperty("summary").GetProperty("dominant").GetString());
        dominant.GetProperty("share").GetDouble()
            .ShouldBe(timeline.GetProperty("summary").GetProperty("shares").GetProperty(emotion).GetDouble(), 0.0001);
        dominant.GetProperty("segments").GetInt32().ShouldBe(timeline.GetProperty("segments").GetArrayLength());
        dominant.GetProperty("transitions").GetInt32().ShouldBe(timeline.GetProperty("transitions").GetArrayLength());
        (string Key, string File, string Type, string Begin)[] formats =
        [
            ("csv", "timeline.csv", "text/csv", "channel,role,start"), ("srt", "timeline.srt", "application/x-subrip", "1\n00:00:0"),
            ("vtt", "timeline.vtt", "text/vtt", "WEBVTT"), ("textgrid", "timeline.TextGrid", "text/plain", "File type = \"ooTextFile\""),
            ("audacity", "timeline.txt", "text/plain", "0."),
        ];
        foreach (var (key, file, type, begin) in formats)
        {
            using var response = await server.GetAsync($"{link}?format={key}");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            response.Content.Headers.ContentDisposition!.FileName.ShouldBe($"talk_{file}");
            (await response.TextAsync()).ShouldStartWith(begin);
        }
        using var table = await server.GetAsync($"{link[..link.LastIndexOf('/')]}/files/timeline.csv");
        using var exported = await server.GetAsync($"{link}?format=csv");
        (await table.TextAsync()).ShouldBe(await exported.TextAsync());
    }

    [Fact]
    public async Task Timeline_Language_PrefersQueryOverHeader()
    {
        await using var server = await RunningServer.StartAsync();
        using var posted = await server.PostAsync(Recordings.Speech, "a.wav", ("segments", "always"));
        var link = (await posted.JsonAsync()).GetProperty("links").GetProperty("timeline").GetString();

        (await TextAsync("", "zh-CN")).ShouldMatch("[\u4e00-\u9fff]");
        (await TextAsync("", "en")).ShouldNotMatch("[\u4e00-\u9fff]");
        (await TextAsync("&language=en", "zh-CN")).ShouldNotMatch("[\u4e00-\u9fff]");
        (await TextAsync("&language=zh", "en")).ShouldMatch("[\u4e00-\u9fff]");

        async Task<string> TextAsync(string query, string accepted)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{link}?format=srt{query}")
            {
                Headers = { { "Accept-Language", accepted } },
            };
            using var response = await server.SendAsync(request);
            return await response.TextAsync();
        }
    }

    [Fact]
    public async Task Post_ChannelsSplitWithRoles_ProcessesEachSeparately()
    {
        await using var server = await RunningServer.StartAsync();
        var speech = Recordings.SpeechSamples.ToArray();
        var stereo = speech.SelectMany(sample => new[] { sample, (short)0 }).ToArray();

        using var posted = await server.PostAsync(
            Recordings.Wav(stereo, channels: 2), "call.wav", ("channels", "split"), ("roles", "客户, agent"));
        var recognition = await posted.JsonAsync();
        using var timeline = await server.GetAsync(recognition.GetProperty("links").GetProperty("timeline").GetString()!);

        recognition.GetProperty("channels").GetString().ShouldBe("split");
        recognition.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["客户", "agent"]);
        var channels = (await timeline.JsonAsync()).GetProperty("channels").EnumerateArray().ToArray();
        channels.Select(channel => channel.GetProperty("role").GetString()).ShouldBe(["客户", "agent"]);
        channels[0].GetProperty("speech").GetDouble().ShouldBeGreaterThan(1);
        channels[1].GetProperty("speech").GetDouble().ShouldBe(0);
        using var listed = await server.GetAsync("/api/v1/recognitions");
        var item = (await listed.JsonAsync()).GetProperty("items")[0];
        item.GetProperty("roles").GetArrayLength().ShouldBe(2);
        item.GetProperty("summary").GetProperty("speech").GetDouble().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Timeline_ProcessedAsAWhole_ReturnsNotFound()
    {
        await using var server = await RunningServer.StartAsync();
        using var posted = await server.PostAsync(Recordings.Speech, "a.wav", ("Accept-Language", "zh"));
        var recognition = await posted.JsonAsync();

        using var missing = await server.GetAsync($"/api/v1/recognitions/{recognition.GetProperty("id").GetString()}/timeline");
        using var unknown = await server.GetAsync("/api/v1/recognitions/0123/timeline?format=csv");

        recognition.GetProperty("summary").ValueKind.ShouldBe(JsonValueKind.Null);
        recognition.GetProperty("links").GetProperty("timeline").ValueKind.ShouldBe(JsonValueKind.Null);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await missing.CodeAsync()).ShouldBe("recognition.no_timeline");
        (await missing.TextAsync()).ShouldContain("segments=always");
        (await unknown.CodeAsync()).ShouldBe("recognition.not_found");
    }

    [Theory]
    [InlineData("format=mp3", "textgrid")]
    [InlineData("language=fr", "zh")]
    public async Task Timeline_InvalidChoice_ListsTheValidOnes(string query, string named)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var response = await server.GetAsync($"/api/v1/recognitions/x/timeline?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("request.invalid");
        (await response.TextAsync()).ShouldContain(named);
    }

    [Fact]
    public async Task Timeline_DamagedResult_ReturnsOutputDamaged()
    {
        await using var server = await RunningServer.StartAsync();
        using var posted = await server.PostAsync(Recordings.Speech, "a.wav", ("segments", "always"));
        var recognition = await posted.JsonAsync();
        var path = Path.Combine(server.Output, recognition.GetProperty("folder").GetString()!, "result.json");
        WrittenFiles.Change(path, text => text.Replace("\"segments\"", "\"sediments\"", StringComparison.Ordinal));

        using var response = await server.GetAsync(recognition.GetProperty("links").GetProperty("timeline").GetString()!);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.CodeAsync()).ShouldBe("output.damaged");
    }

    [Theory]
    [InlineData("segments", "sometimes")]
    [InlineData("segments", "1")]
    [InlineData("channels", "left")]
    [InlineData("roles", "a,b,c,d,e,f,g,h,i")]
    [InlineData("roles", "a,,b")]
    [InlineData("roles", "a,b,a")]
    [InlineData("roles", "a\tb")]
    public async Task Post_InvalidChoice_IsRefused(string name, string value)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var form = await server.PostAsync(Recordings.Speech, "a.wav", (name, value));
        using var address = await server.PostAsync(
            $"/api/v1/recognitions?{name}={Uri.EscapeDataString(value)}", new ByteArrayContent(Recordings.Speech));

        foreach (var response in new[] { form, address })
        {
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await response.CodeAsync()).ShouldBe("request.invalid");
            (await response.TextAsync()).ShouldContain(name);
        }
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_RoleTooLong_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("roles", new StringBuilder().Append('x', 65).ToString()));

        (await response.CodeAsync()).ShouldBe("request.invalid");
    }

    [Fact]
    public async Task Post_FramesOfSplitChannels_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("granularity", "frame"), ("channels", "split"));

        (await response.CodeAsync()).ShouldBe("request.invalid");
        (await response.TextAsync()).ShouldContain("split");
    }

    [Fact]
    public async Task Post_SegmentsNeverBeyondTheModelLimit_IsUnprocessable()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel { MaxSamples = 16000 });

        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("segments", "never"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.CodeAsync()).ShouldBe("model.too_long");
    }
}
