using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>A repeated request with the same key returns the same recognition.</summary>
public sealed class IdempotencyTests
{
    private const string Header = "Idempotency-Key";

    [Fact]
    public async Task Post_Repeated_ReturnsTheSameRecognition()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var first = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"));
        using var again = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"));
        using var other = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "two"));

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await again.TextAsync()).ShouldBe(await first.TextAsync());
        again.Headers.Location.ShouldBe(first.Headers.Location);
        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        other.Headers.Location.ShouldNotBe(first.Headers.Location);
        server.Folders.Length.ShouldBe(2);
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_RepeatedWhileItRuns_WaitsForTheSameRecognition()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Queue", "1"), ("Workers", "1")], () => model);
        using var first = await SubmitAsync(server);
        await Until.True(() => model.Begun == 1);
        // The queue is full, but a repeated request needs no place in it.
        await server.SubmitAsync(Recordings.Speech);
        using var again = await SubmitAsync(server);
        var waiting = server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"));
        model.Go();
        using var waited = await waiting;

        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        waited.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await IdOf(again)).ShouldBe(await IdOf(first));
        (await IdOf(waited)).ShouldBe(await IdOf(first));
        model.Begun.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task Post_ManyConcurrentRepeats_CreateOneRecognition()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"))));

        var ids = new HashSet<string>();
        foreach (var answer in answers)
        {
            ids.Add(await IdOf(answer));
            answer.Dispose();
        }
        ids.ShouldHaveSingleItem();
        server.Folders.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Post_RepeatedAfterDisconnect_ReturnsTheResult()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using (var disconnect = new CancellationTokenSource())
        {
            using var content = new ByteArrayContent(Recordings.Speech);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions?name=a.wav")
            {
                Content = content,
                Headers = { { Header, "one" } },
            };
            var post = server.Client.SendAsync(request, disconnect.Token);
            await Until.True(() => model.Begun == 1);
            await disconnect.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(post);
        }
        model.Go();

        using var again = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"));

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        model.Begun.ShouldBe(1);
    }

    [Theory]
    [InlineData("recording")]
    [InlineData("name")]
    [InlineData("granularity")]
    [InlineData("roles")]
    public async Task Post_SameKeyForAnotherRequest_Returns422(string changed)
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        (string, string)[] asked = [(Header, "one"), ("channels", "split"), ("roles", "a")];
        using var first = await server.PostAsync(Recordings.Speech, "a.wav", asked);

        using var second = await (changed switch
        {
            "recording" => server.PostAsync(Recordings.Noise(2), "a.wav", asked),
            "name" => server.PostAsync(Recordings.Speech, "b.wav", asked),
            "roles" => server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"), ("channels", "split"), ("roles", "b")),
            _ => server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"), ("granularity", "frame")),
        });

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await second.CodeAsync()).ShouldBe("idempotency.mismatch");
        server.Folders.ShouldHaveSingleItem();
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_RepeatedAfterRestart_ReturnsTheSameRecognition()
    {
        using var folder = new TemporaryFolder();
        string first;
        await using (var before = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path))
        {
            using var answer = await before.PostAsync(Recordings.Speech, "a.wav", (Header, "one"));
            first = await answer.TextAsync();
        }
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        using var again = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"));

        (await again.TextAsync()).ShouldBe(first);
        server.Folders.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Post_UnreadableRecordingRepeated_ReturnsTheSameFailure()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        byte[] damaged = [.. "RIFF\0\0\0\0WAVE"u8];

        using var first = await server.PostAsync(damaged, "a.wav", (Header, "one"));
        using var again = await server.PostAsync(damaged, "a.wav", (Header, "one"));

        again.StatusCode.ShouldBe(first.StatusCode);
        (await again.CodeAsync()).ShouldBe(await first.CodeAsync());
        using var list = await server.GetAsync("/api/v1/recognitions");
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Post_RepeatedAfterDeletion_RecognizesAgain()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var first = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"));
        (await server.DeleteAsync($"/api/v1/recognitions/{await IdOf(first)}")).Dispose();

        using var again = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"));

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await IdOf(again)).ShouldNotBe(await IdOf(first));
    }

    [Fact]
    public async Task Post_AnotherCaller_HasSeparateKeys()
    {
        await using var server = await RunningServer.StartAsync(
            [("ApiKey:0", "first-key-1"), ("ApiKey:1", "second-key-2")], SlowModel.Quick);

        using var first = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"), ("X-API-Key", "first-key-1"));
        using var second = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"), ("X-API-Key", "second-key-2"));
        using var again = await server.PostAsync(Recordings.Speech, "a.wav", (Header, "one"), ("X-API-Key", "first-key-1"));

        (await IdOf(second)).ShouldNotBe(await IdOf(first));
        (await IdOf(again)).ShouldBe(await IdOf(first));
    }

    [Fact]
    public async Task Post_KeyTooLong_Returns400()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var answer = await server.PostAsync(Recordings.Speech, "a.wav", (Header, new string('x', 256)));
        using var longest = await server.PostAsync(Recordings.Speech, "a.wav", (Header, new string('x', 255)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.CodeAsync()).ShouldBe("idempotency.invalid");
        longest.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(RunningServer server)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Recordings.Speech), "file", "a.wav" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions")
        {
            Content = form,
            Headers = { { Header, "one" }, { "Prefer", "respond-async" } },
        };
        return await server.SendAsync(request);
    }

    private static async Task<string> IdOf(HttpResponseMessage answer) => (await answer.JsonAsync()).GetProperty("id").GetString()!;
}
