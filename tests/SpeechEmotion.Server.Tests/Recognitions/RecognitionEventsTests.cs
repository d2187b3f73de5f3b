using System.Net;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

public sealed class RecognitionEventsTests
{
    [Fact]
    public async Task Events_UntilTheEnd_ReportEachState()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        var id = await server.SubmitAsync(Recordings.Speech);
        using var stream = await OpenAsync(server, id);
        using var reader = await stream.LinesAsync();
        var first = await NextAsync(reader);
        model.Go();

        var states = new List<string?>();
        while (await NextAsync(reader) is { } now)
            states.Add(now.GetProperty("state").GetString());

        stream.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        first!.Value.GetProperty("state").GetString().ShouldBe("queued");
        states[^1].ShouldBe("done");
        states.Count(state => state == "done").ShouldBe(1);
    }

    [Fact]
    public async Task Events_Finished_SendOneEvent()
    {
        var model = new SlowModel();
        model.Go();
        await using var server = await RunningServer.StartAsync(model: () => model);
        var id = await server.SubmitAsync(Recordings.Speech);
        await server.EndAsync(id);

        using var stream = await OpenAsync(server, id);

        var text = await stream.TextAsync();
        text.ShouldStartWith("data: {");
        text.ShouldEndWith("}\n\n");
        text.Split("data: ").Length.ShouldBe(2);
        text.ShouldContain("\"state\":\"done\"");
    }

    [Fact]
    public async Task Events_UnknownRecognition_Returns404DespiteAcceptHeader()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var response = await OpenAsync(server, "nothing");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.CodeAsync()).ShouldBe("recognition.not_found");
    }

    [Fact]
    public async Task Events_ServerStops_EndTheStream()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        var id = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        using var stream = await OpenAsync(server, id);
        using var reader = await stream.LinesAsync();
        await NextAsync(reader);

        var stop = server.StopAsync(CancellationToken.None);

        while (await NextAsync(reader) is not null)
            ;
        stop.IsCompleted.ShouldBeFalse();
        model.Go();
        await stop;
    }

    private static Task<HttpResponseMessage> OpenAsync(RunningServer server, string id)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/recognitions/{id}/events")
        {
            Headers = { { "Accept", "text/event-stream" } },
        };
        return server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Returns the next event, or null at the end of the stream.</summary>
    private static async Task<JsonElement?> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonElement.Parse(line[6..]);
            line.ShouldBeEmpty();
        }
        return null;
    }
}
