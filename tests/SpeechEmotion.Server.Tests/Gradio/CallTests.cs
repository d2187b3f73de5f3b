using System.Net;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Gradio;
using SpeechEmotion.Server.Gradio.Streams;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>The calls in two steps that curl uses.</summary>
public sealed class CallTests
{
    [Theory]
    [InlineData("/gradio_api")]
    [InlineData("")]
    public async Task Call_Recording_CompletesOnEveryRequest(string prefix)
    {
        await using var server = await RunningServer.StartAsync();
        var path = await server.UploadAsync(Recordings.Speech);
        using var taken = await server.PostJsonAsync($"{prefix}/call/predict/", new { data = new[] { new { path } } });
        var answer = await taken.TextAsync();
        answer.ShouldMatch("^{\"event_id\":\"[0-9a-f]{32}\"}$");
        var id = answer.Split('"')[3];

        var first = await server.GetTextAsync($"{prefix}/call/predict/{id}");
        var again = await server.GetTextAsync($"{prefix}/call/v2/predict/{id}");

        first.ShouldMatch("^event: complete\ndata: \\[.*\\]\n\n$");
        again.ShouldBe(first);
        JsonElement.Parse(first["event: complete\ndata: ".Length..])[1].GetProperty("emotion").GetString().ShouldBe("neutral");
    }

    [Fact]
    public async Task Call_NoAudio_EndsWithAnError()
    {
        await using var server = await RunningServer.StartAsync();

        var text = await server.CallAsync("/gradio_api", null, "utterance", false);

        text.ShouldStartWith("event: error\ndata: {\"error\":\"Please upload an audio file.");
        text.ShouldEndWith("\"duration\":10,\"visible\":true,\"title\":\"Error\"}\n\n");
    }

    [Fact]
    public async Task Call_ClientDisconnects_Continues()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        await server.ReadyAsync();
        var path = await server.UploadAsync(Recordings.Speech);
        using var taken = await server.PostJsonAsync("/call/predict", new { data = new[] { path } });
        var id = (await taken.JsonAsync()).GetProperty("event_id").GetString();
        using (var lost = await server.OpenAsync($"/call/predict/{id}"))
            await Until.True(() => model.Begun == 1);

        model.Go();

        (await server.GetTextAsync($"/call/predict/{id}")).ShouldStartWith("event: complete\n");
    }

    [Fact]
    public async Task CallByName_SomeParameters_HasDefaultsForTheOthers()
    {
        await using var server = await RunningServer.StartAsync();
        var audio = GradioClient.File(await server.UploadAsync(Recordings.Speech));
        using var taken = await server.PostJsonAsync("/gradio_api/call/v2/predict", new { granularity = "frame", audio });
        var id = (await taken.JsonAsync()).GetProperty("event_id").GetString();

        var text = await server.GetTextAsync($"/gradio_api/call/v2/predict/{id}");

        var data = JsonElement.Parse(text["event: complete\ndata: ".Length..]);
        data[1].GetProperty("granularity").GetString().ShouldBe("frame");
        data[2].GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task CallByName_UnknownParameter_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostJsonAsync("/call/v2/predict", new { granularty = "frame" });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("detail").GetString()!.ShouldContain("granularty");
    }

    [Fact]
    public async Task Call_UnknownName_Is404AndUnknownEventAnError()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostJsonAsync("/call/nope", new { data = Array.Empty<object>() });

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.TextAsync()).ShouldBe("{\"detail\":\"Not Found\"}");
        (await server.GetTextAsync("/call/predict/nope")).ShouldBe("event: error\ndata: \"404: Not Found\"\n\n");
    }

    [Fact]
    public async Task Call_SessionHashIsTooLong_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostJsonAsync(
            "/call/predict", new { data = Array.Empty<object>(), session_hash = new string('s', 129) });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Sweep_RecentResults_KeepsThemForTenMinutes()
    {
        var time = new ManualTime();
        var sessions = new GradioSessions(time, CancellationToken.None);
        var (ended, pending) = (new GradioEvent(), new GradioEvent());
        sessions.Add("a", ended).Finish(ended, new(null, null, TimeSpan.Zero));
        sessions.Add("b", pending);

        time.Advance(TimeSpan.FromMinutes(10));
        sessions.Sweep();
        sessions.FindEvent(ended.Id).ShouldBe(ended);
        time.Advance(TimeSpan.FromMinutes(10));
        sessions.Sweep();

        sessions.FindEvent(ended.Id).ShouldBeNull();
        sessions.Find("a").ShouldBeNull();
        sessions.Find("b").ShouldNotBeNull();
        sessions.FindEvent(pending.Id).ShouldBe(pending);
    }

    [Fact]
    public void Add_MoreSessionsThanAreKept_RemovesTheOldestIdleOnes()
    {
        var time = new ManualTime();
        var sessions = new GradioSessions(time, CancellationToken.None);
        sessions.Add("busy", new());
        for (var i = 0; i < GradioSessions.MaxCount; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            var ended = new GradioEvent();
            sessions.Add($"idle{i}", ended).Finish(ended, new(null, null, TimeSpan.Zero));
        }

        sessions.Find("busy").ShouldNotBeNull();
        sessions.Find("idle0").ShouldBeNull();
        sessions.Find($"idle{GradioSessions.MaxCount - 1}").ShouldNotBeNull();
    }
}
