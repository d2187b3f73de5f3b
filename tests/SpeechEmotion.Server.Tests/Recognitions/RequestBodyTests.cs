using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>The accepted and refused bodies of recognition requests.</summary>
public sealed class RequestBodyTests
{
    private const string Address = "/api/v1/recognitions";

    [Theory]
    [InlineData("audio/wav")]
    [InlineData("audio/mpeg")]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData(null)]
    public async Task Post_RawBodyOfAnyType_IsRecognized(string? type)
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var body = new ByteArrayContent(Recordings.Speech);
        if (type is not null)
            body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await server.PostAsync($"{Address}?name=hello.wav&granularity=frame&embedding=true", body);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var json = await response.JsonAsync();
        json.GetProperty("file_name").GetString().ShouldBe("hello.wav");
        json.GetProperty("granularity").GetString().ShouldBe("frame");
        json.GetProperty("embedding").GetBoolean().ShouldBeTrue();
        json.GetProperty("size").GetInt64().ShouldBe(Recordings.Speech.Length);
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_NoFields_UsesTheDefaults()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var response = await server.PostAsync(Recordings.Speech, "a.wav");

        var json = await response.JsonAsync();
        json.GetProperty("granularity").GetString().ShouldBe("utterance");
        json.GetProperty("embedding").GetBoolean().ShouldBeFalse();
        json.GetProperty("progress").GetDouble().ShouldBe(1);
        json.GetProperty("links").GetProperty("embedding").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("form-data; name=\"file\"")]
    [InlineData("form-data; name=audio")]
    [InlineData("form-data; name=\"files[]\"; filename=\"x.wav\"")]
    [InlineData("form-data; name=\"file[]\"")]
    [InlineData("form-data; name=\"file[0]\"; filename=\"x.wav\"")]
    public async Task Post_CommonPartName_IsTheRecording(string disposition)
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var response = await server.PostAsync(Address, Form(disposition));

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await response.JsonAsync()).GetProperty("size").GetInt64().ShouldBe(Recordings.Speech.Length);
    }

    [Fact]
    public async Task Post_NoRecordingPart_ListsTheReceivedParts()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var response = await server.PostAsync(Address, Form("form-data; name=\"voice\"; filename=\"x.wav\""));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("request.no_recording");
        problem.GetProperty("detail").GetString()!.ShouldContain("`voice`");
    }

    private static MultipartContent Form(string disposition)
    {
        var part = new ByteArrayContent(Recordings.Speech);
        part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        return new("form-data", "b") { part };
    }

    [Theory]
    [InlineData("file")]
    [InlineData("files")]
    [InlineData("audio")]
    public async Task Post_FramesWithEmbedding_WritesAllFiles(string part)
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Frame"), "granularity" },
            { new StringContent("on"), "embedding" },
            { new ByteArrayContent(Recordings.Speech), part, "a.wav" },
        };

        using var response = await server.PostAsync(Address, form);

        var json = await response.JsonAsync();
        Directory.GetFiles(Path.Combine(server.Output, json.GetProperty("folder").GetString()!)).Select(Path.GetFileName).Order()
            .ShouldBe(["embedding.npy", "processed_audio.wav", "result.json"]);
        using var file = await server.GetAsync(json.GetProperty("links").GetProperty("result").GetString()!);
        var result = await file.JsonAsync();
        result.GetProperty("frames").GetArrayLength().ShouldBe(234);
        result.GetProperty("source").GetString().ShouldBe("a.wav");
    }

    [Theory]
    [InlineData("granularity", "word")]
    [InlineData("embedding", "perhaps")]
    public async Task Post_InvalidValue_IsRefusedAndLeavesNoFiles(string field, string value)
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var form = await server.PostAsync(Recordings.Speech, "a.wav", (field, value));
        using var raw = await server.PostAsync($"{Address}?{field}={value}", new ByteArrayContent(Recordings.Speech));

        foreach (var response in new[] { form, raw })
        {
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await response.CodeAsync()).ShouldBe("request.invalid");
        }
        server.Uploads.ShouldBeEmpty();
        server.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_NoRecording_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var fieldsOnly = new MultipartFormDataContent { { new StringContent("frame"), "granularity" } };

        using var form = await server.PostAsync(Address, fieldsOnly);
        using var raw = await server.PostAsync(Address);

        (await form.CodeAsync()).ShouldBe("request.no_recording");
        (await raw.CodeAsync()).ShouldBe("request.no_recording");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_TwoRecordings_IsRefusedAndBothAreRemoved()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Recordings.Speech), "file", "a.wav" },
            { new ByteArrayContent(Recordings.Speech), "file", "b.wav" },
        };

        using var response = await server.PostAsync(Address, form);

        (await response.CodeAsync()).ShouldBe("request.invalid");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_EmptyFile_ReportsAudioEmpty()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var response = await server.PostAsync([], "a.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.CodeAsync()).ShouldBe("audio.empty");
        server.Uploads.ShouldBeEmpty();
        server.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_DamagedRecording_IsReportedAndKeptInTheHistory()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var response = await server.PostAsync(Recordings.Speech[..30], "broken.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.CodeAsync()).ShouldStartWith("audio.");
        using var list = await server.GetAsync($"{Address}?state=failed");
        var item = (await list.JsonAsync()).GetProperty("items")[0];
        item.GetProperty("file_name").GetString().ShouldBe("broken.wav");
        item.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("broken.wav");
        server.Folders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Post_MalformedForm_IsRefused(string type)
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var body = new ByteArrayContent("--x\r\nContent-Disposition: form-data; name=file; filename=a.wav\r\n\r\nRIFF"u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await server.PostAsync(Address, body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("request.invalid");
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ContentEncoding_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes("x"))
        {
            Headers = { ContentEncoding = { "gzip" }, ContentType = new MediaTypeHeaderValue("audio/wav") },
        };

        using var response = await server.PostAsync(Address, body);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await response.CodeAsync()).ShouldBe("request.encoding");
    }

    [Fact]
    public async Task Post_RespondAsync_AnswersWithItsLocation()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("X-Other", "1"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Recordings.Speech),
            Headers = { { "Prefer", "wait=10, respond-async" } },
        };
        using var accepted = await server.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var json = await accepted.JsonAsync();
        accepted.Headers.Location!.ToString().ShouldBe($"{Address}/{json.GetProperty("id").GetString()}");
        accepted.Headers.GetValues("Preference-Applied").ShouldBe(["respond-async"]);
        (await server.EndAsync(json.GetProperty("id").GetString()!)).GetProperty("state").GetString().ShouldBe("done");
    }
}
