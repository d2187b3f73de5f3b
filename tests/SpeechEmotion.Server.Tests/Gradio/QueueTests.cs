using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>Calls through the queue, and the stream that reports their progress.</summary>
public sealed class QueueTests
{
    private static readonly string[] ErrorKeys = ["error", "duration", "visible", "title", "print_exception"];

    [Fact]
    public async Task Join_Recording_ReportsEachStepToItsResult()
    {
        await using var server = await RunningServer.StartAsync();
        await server.ReadyAsync();
        var path = await server.UploadAsync(Recordings.Speech);

        var id = await server.JoinAsync("s1", GradioClient.File(path), "frame", true);
        var messages = await server.MessagesAsync("s1");

        messages.Kinds().Where(kind => kind != "progress")
            .ShouldBe(["estimation", "process_starts", "process_completed", "close_stream"]);
        messages[..^1].ShouldAllBe(message => message.GetProperty("event_id").GetString() == id);
        messages[^1].GetProperty("event_id").ValueKind.ShouldBe(JsonValueKind.Null);
        messages[0].GetProperty("rank").GetInt32().ShouldBe(0);
        var output = Success(messages[^2]);
        await ShouldBeResultAsync(server, output.GetProperty("data"));
    }

    [Fact]
    public async Task Join_ErrorInTheCall_HasTheKeysThatPythonAccepts()
    {
        await using var server = await RunningServer.StartAsync();
        var damaged = await server.UploadAsync("this is not audio "u8.ToArray());
        var calls = new object?[][]
        {
            [null, "utterance", false], [GradioClient.File("/etc/passwd")], [GradioClient.File(damaged)], ["data:audio/wav;base64,AAAA"],
            [GradioClient.File(damaged), "sentence"], [GradioClient.File(damaged), "frame", "yes"],
            [new { url = "file:///etc/passwd" }], [42],
        };

        foreach (var call in calls)
        {
            await server.JoinAsync("s", call);
            var ended = (await server.MessagesAsync("s"))[^2];

            ended.GetProperty("msg").GetString().ShouldBe("process_completed");
            ended.GetProperty("success").GetBoolean().ShouldBeFalse();
            ended.GetProperty("output").EnumerateObject().Select(member => member.Name).ShouldBeSubsetOf(ErrorKeys);
            ended.GetProperty("output").GetProperty("error").GetString()!.Length.ShouldBeGreaterThan(10);
        }
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9", "请上传音频文件。")]
    [InlineData("en-US", "Please upload an audio file.")]
    [InlineData("*", "Please upload an audio file. / 请上传音频文件。")]
    public async Task Join_Error_IsReportedInTheRequestedLanguage(string accepted, string text)
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.Add("Accept-Language", accepted);

        await server.JoinAsync("s", [null]);

        (await server.MessagesAsync("s"))[^2].GetProperty("output").GetProperty("error").GetString().ShouldBe(text);
    }

    [Theory]
    [InlineData("""{"data":[null],"fn_index":0}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"data":[null],"fn_index":7,"session_hash":"s"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"data":{},"fn_index":0,"session_hash":"s"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"data":[null],"fn_index":0,"session_hash":"\ud800"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"data":[null],"fn_index":0,"\ud800":"s"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"data":""", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Join_BadBody_IsRefusedWithADetail(string body, HttpStatusCode status)
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostAsync("/queue/join", new StringContent(body));

        response.StatusCode.ShouldBe(status);
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Join_QueueIsFull_Is503WithRetryAfter()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1"), ("Queue", "1")], () => model, configure: Still);
        await server.ReadyAsync();
        var path = await server.UploadAsync(Recordings.Speech);
        await server.JoinAsync("a", GradioClient.File(path));
        await Until.True(() => model.Begun == 1);
        await server.JoinAsync("b", GradioClient.File(path));

        using var response = await server.JoinRawAsync("c", GradioClient.File(path));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        model.Go();
    }

    [Fact]
    public async Task Data_EventsOfOneSession_ShareAStream()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        await server.ReadyAsync();
        var path = await server.UploadAsync(Recordings.Speech);
        var first = await server.JoinAsync("s", GradioClient.File(path));
        await Until.True(() => model.Begun == 1);
        var second = await server.JoinAsync("s", GradioClient.File(path), "frame");
        var third = await server.JoinAsync("s", GradioClient.File(path), "frame");

        var reading = server.MessagesAsync("s");
        model.Go();
        var messages = await reading;

        messages.Kinds().Count(kind => kind == "process_completed").ShouldBe(3);
        messages.Kinds()[^1].ShouldBe("close_stream");
        messages.Where(message => message.GetProperty("msg").GetString() == "estimation")
            .Where(message => message.GetProperty("event_id").GetString() == third)
            .Select(message => message.GetProperty("rank").GetInt32()).ShouldContain(1);
        messages.Select(message => message.GetProperty("event_id").GetString()).Distinct()
            .ShouldBe([first, second, third, null], ignoreOrder: true);
    }

    [Fact]
    public async Task Data_ConnectionLost_IsReplayedOnReconnect()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model, configure: Still);
        await server.ReadyAsync();
        var id = await server.JoinAsync("s", GradioClient.File(await server.UploadAsync(Recordings.Speech)));
        using (var lost = await server.OpenAsync("/queue/data?session_hash=s"))
            (await lost.NextAsync())!.Value.GetProperty("event_id").GetString().ShouldBe(id);

        var reading = server.MessagesAsync("s");
        await Until.True(() => model.Begun == 1);
        model.Go();
        var messages = await reading;

        messages.Kinds().ShouldBe(["estimation", "process_starts", "process_completed", "close_stream"]);
        (await server.MessagesAsync("s")).Kinds().ShouldBe(messages.Kinds());
    }

    [Fact]
    public async Task Data_ClientDoesNotReconnect_CancelsTheWork()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        await server.ReadyAsync();
        await server.JoinAsync("s", GradioClient.File(await server.UploadAsync(Recordings.Speech)));
        using (var lost = await server.OpenAsync("/gradio_api/queue/data?session_hash=s"))
            await Until.True(() => model.Begun == 1);

        await Until.True(() => model.Ended == 1);
    }

    [Fact]
    public async Task Data_UnknownSession_IsReported()
    {
        await using var server = await RunningServer.StartAsync();

        var message = (await server.MessagesAsync("never")).ShouldHaveSingleItem();

        message.GetProperty("msg").GetString().ShouldBe("unexpected_error");
        message.GetProperty("session_not_found").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Data_ServerStops_SendsTheMessageThatClientsCompare()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        await server.ReadyAsync();
        await server.JoinAsync("s", GradioClient.File(await server.UploadAsync(Recordings.Speech)));
        using var stream = await server.OpenAsync("/queue/data?session_hash=s");
        await Until.True(() => model.Begun == 1);

        var stopping = server.StopAsync(TestContext.Current.CancellationToken);
        var text = await stream.RestAsync();

        text.ShouldEndWith(
            "data: {\"msg\":\"unexpected_error\",\"event_id\":null,\"message\":\"Server stopped unexpectedly.\",\"success\":false}\n\n");
        model.Go();
        await stopping;
    }

    [Fact]
    public async Task Cancel_RunningEvent_CancelsAndReportsIt()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        await server.ReadyAsync();
        var id = await server.JoinAsync("s", GradioClient.File(await server.UploadAsync(Recordings.Speech)));
        await Until.True(() => model.Begun == 1);

        foreach (var event_id in new[] { id, "unknown", null })
        {
            using var cancelled = await server.PostJsonAsync("/gradio_api/cancel/", new { event_id, session_hash = "s", fn_index = 0 });
            (await cancelled.TextAsync()).ShouldBe("{\"success\":true}");
        }
        var messages = await server.MessagesAsync("s");

        model.Ended.ShouldBe(1);
        messages[^2].GetProperty("output").GetRawText()
            .ShouldBe("""{"error":"Cancelled","duration":null,"visible":false,"title":"Cancelled"}""");
        using var reset = await server.PostJsonAsync("/reset", new { event_id = id });
        (await reset.TextAsync()).ShouldBe("{\"success\":true}");
    }

    [Fact]
    public async Task Heartbeat_Closed_CancelsTheWorkOfTheSession()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        await server.ReadyAsync();
        using (var heartbeat = await server.OpenAsync("/gradio_api/heartbeat/s"))
        {
            (await heartbeat.LineAsync()).ShouldBe("data: ALIVE");
            (await heartbeat.LineAsync()).ShouldBe("");
            heartbeat.LineAsync().IsCompleted.ShouldBeFalse();
            await server.JoinAsync("s", GradioClient.File(await server.UploadAsync(Recordings.Speech)));
            await Until.True(() => model.Begun == 1);
            model.Ended.ShouldBe(0);
        }

        await Until.True(() => model.Ended == 1);
    }

    private static JsonElement Success(JsonElement completed)
    {
        completed.GetProperty("success").GetBoolean().ShouldBeTrue();
        var output = completed.GetProperty("output");
        output.TryGetProperty("error", out _).ShouldBeFalse();
        output.GetProperty("is_generating").GetBoolean().ShouldBeFalse();
        output.GetProperty("duration").GetDouble().ShouldBeGreaterThan(0);
        return output;
    }

    private static async Task ShouldBeResultAsync(RunningServer server, JsonElement data)
    {
        data.GetArrayLength().ShouldBe(3);
        data[0].GetString().ShouldStartWith("😐 中性 (Neutral) 置信度 51.2 %");
        data[0].GetString()!.ShouldContain("模型: compact");
        data[1].GetProperty("emotion").GetString().ShouldBe("neutral");
        data[1].GetProperty("granularity").GetString().ShouldBe("frame");
        data[1].TryGetProperty("frames", out _).ShouldBeFalse();
        data[1].GetProperty("frames_smoothed").GetArrayLength().ShouldBeGreaterThan(40);
        data[1].GetProperty("source").GetString().ShouldBe("x.wav");
        data[2].EnumerateArray().Select(file => file.GetProperty("orig_name").GetString())
            .ShouldBe(["result.json", "processed_audio.wav", "embedding.npy"]);
        // Python clients download every object with a string `path`, from an address that they build themselves.
        var paths = Paths(data).ToList();
        paths.Count.ShouldBe(3);
        foreach (var path in paths)
            (await server.GetBytesAsync($"/gradio_api/file={path}")).Length.ShouldBeGreaterThan(100);
        foreach (var file in data[2].EnumerateArray())
            (await server.GetBytesAsync(file.GetProperty("url").GetString())).Length.ShouldBe(file.GetProperty("size").GetInt32());
    }

    private static IEnumerable<string> Paths(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Paths),
        JsonValueKind.Object when value.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String =>
            [path.GetString()!],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Paths(member.Value)),
        _ => [],
    };

    private static void Still(IServiceCollection services) => services.AddSingleton<TimeProvider>(new StillTime());
}
