using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio.Early;

/// <summary>The queue protocol of Python clients up to 0.7.</summary>
public sealed class EarlyQueueTests
{
    private static readonly string Audio =
        $$"""{"name":"x.wav","data":"data:audio/wav;base64,{{Convert.ToBase64String(Recordings.Speech)}}"}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_WebSocket_RequestsTheValuesAndGivesTheResult()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await ConnectAsync(server);

        (await ReadAsync(socket)).GetProperty("msg").GetString().ShouldBe("send_hash");
        await SendAsync(socket, """{"fn_index":0,"session_hash":"s"}""");
        (await ReadAsync(socket)).GetProperty("msg").GetString().ShouldBe("estimation");
        (await ReadAsync(socket)).GetProperty("msg").GetString().ShouldBe("send_data");
        await SendAsync(socket, $$"""{"data":[{{Audio}},"frame",true],"fn_index":0,"session_hash":"s"}""");
        var messages = new List<JsonElement> { await ReadAsync(socket) };
        while (messages[^1].GetProperty("msg").GetString() != "process_completed")
            messages.Add(await ReadAsync(socket));

        messages.Kinds().ShouldContain("process_starts");
        var data = messages[^1].GetProperty("output").GetProperty("data");
        data[1].GetProperty("emotion").GetString().ShouldBe("neutral");
        data[2][2].GetProperty("is_file").GetBoolean().ShouldBeTrue();
        (await server.GetBytesAsync($"/file={data[2][2].GetProperty("name").GetString()}")).Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Join_WebSocketWithoutAudio_EndsWithAnError()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = await ConnectAsync(server);
        await SendAsync(socket, "{}");
        await SendAsync(socket, """{"data":[null]}""");

        JsonElement message;
        do
            message = await ReadAsync(socket);
        while (message.GetProperty("msg").GetString() != "process_completed");

        message.GetProperty("success").GetBoolean().ShouldBeFalse();
        message.GetProperty("output").GetProperty("error").GetString().ShouldStartWith("Please upload an audio file.");
    }

    [Fact]
    public async Task Join_WebSocketIsClosed_CancelsTheWork()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        await server.ReadyAsync();
        using (var socket = await ConnectAsync(server))
        {
            await SendAsync(socket, "{}");
            await SendAsync(socket, $$"""{"data":[{{Audio}}]}""");
            await Until.True(() => model.Begun == 1);
        }

        await Until.True(() => model.Ended == 1);
    }

    [Fact]
    public async Task Join_EventStream_AcceptsTheValuesInASecondRequest()
    {
        await using var server = await RunningServer.StartAsync();
        using var stream = await server.OpenAsync("/queue/join?fn_index=0&session_hash=s");
        (await stream.NextAsync())!.Value.GetProperty("msg").GetString().ShouldBe("estimation");
        var asked = (await stream.NextAsync())!.Value;
        asked.GetProperty("msg").GetString().ShouldBe("send_data");
        var id = asked.GetProperty("event_id").GetString();

        using var unknown = await server.PostAsync("/queue/data", new StringContent("""{"event_id":"unknown","data":[]}"""));
        using var sent = await server.PostAsync(
            "/queue/data", new StringContent($$"""{"event_id":"{{id}}","data":[{{Audio}}],"fn_index":0,"session_hash":"s"}"""));

        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        var messages = new List<JsonElement>();
        while (await stream.NextAsync() is { } message)
            messages.Add(message);
        messages.Kinds().Where(kind => kind != "progress").ShouldBe(["estimation", "process_starts", "process_completed", "close_stream"]);
        messages[^2].GetProperty("success").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Config_OldestPython_NamesSerializersAndTheWebSocket()
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "gradio_client/0.6.1; python/3.11.2").ShouldBeTrue();

        using var response = await server.GetAsync("/config");

        var config = await response.JsonAsync();
        config.GetProperty("protocol").GetString().ShouldBe("ws");
        config.GetProperty("version").GetString().ShouldBe("3.50.2");
        config.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("serializer").GetString()).ShouldBe(
        [
            "FileSerializable", "StringSerializable", "BooleanSerializable", "StringSerializable", "JSONSerializable",
            "FileSerializable",
        ]);
    }

    private static async Task<ClientWebSocket> ConnectAsync(RunningServer server)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new($"{server.Url.Replace("http", "ws", StringComparison.Ordinal)}/queue/join"), Ct);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, Ct);

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        await using var message = WebSocketStream.CreateReadableMessageStream(socket);
        return (await JsonDocument.ParseAsync(message, cancellationToken: Ct)).RootElement;
    }
}
