using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio.Early;

/// <summary>Calls that wait for their result.</summary>
public sealed class RunTests
{
    private static readonly string Base64 = Convert.ToBase64String(Recordings.Speech);

    [Theory]
    [InlineData("/api/predict/")]
    [InlineData("/api/predict")]
    [InlineData("/run/predict/")]
    [InlineData("/run/predict")]
    [InlineData("/gradio_api/api/predict")]
    [InlineData("/gradio_api/run/predict/")]
    public async Task Run_Base64OfVersion3_GivesItsResult(string address)
    {
        await using var server = await RunningServer.StartAsync();
        var audio = new { name = "x.wav", data = "data:audio/wav;base64," + Base64 };

        using var response = await server.PostJsonAsync(
            address, new { data = new object[] { audio, "utterance", false }, fn_index = 0, session_hash = "s" });

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var json = await response.JsonAsync();
        json.GetProperty("data")[1].GetProperty("source").GetString().ShouldBe("x.wav");
        json.GetProperty("duration").GetDouble().ShouldBeGreaterThan(0);
        var file = json.GetProperty("data")[2][0];
        file.GetProperty("is_file").GetBoolean().ShouldBeTrue();
        (await server.GetTextAsync($"/file={file.GetProperty("name").GetString()}")).ShouldStartWith("{\n  \"emotion\": \"neutral\"");
    }

    [Fact]
    public async Task Run_AnyFormOfAudio_IsUnderstood()
    {
        await using var server = await RunningServer.StartAsync();
        var path = await server.UploadAsync(Recordings.Speech);
        var earlier = await ResultAsync(await server.PostJsonAsync("/run/predict", new { data = new[] { path } }));
        var forms = new object?[]
        {
            new { path }, new { name = path, data = (string?)null, is_file = true, orig_name = "x.wav" }, path, new[] { new { path } },
            "data:audio/x-wav;base64," + Base64,
            new { name = "x.wav", data = "data:;base64," + Base64, size = Recordings.Speech.Length, is_file = false },
            new { path = earlier.GetProperty("data")[2][1].GetProperty("path").GetString(), url = "http://elsewhere/" },
        };

        foreach (var audio in forms)
        {
            var result = await ResultAsync(await server.PostJsonAsync("/run/predict", new { data = new[] { audio, null } }));
            result.GetProperty("data")[1].GetProperty("emotion").GetString().ShouldBe("neutral");
        }
    }

    [Theory]
    [InlineData(76, "\\n")]
    [InlineData(60, "\\r\\n")]
    [InlineData(1, "\\n")]
    [InlineData(64, "\\u000a\\t ")]
    [InlineData(10_000_000, "\\n")]
    public async Task Run_Base64InLines_IsTheSame(int width, string end)
    {
        await using var server = await RunningServer.StartAsync();
        var lines = string.Concat(Base64.Chunk(width).Select(line => new string(line) + end));
        using var body = new StringContent(
            $$"""{"data":[{"name":"x.wav","data":"data:audio/wav;base64,{{lines}}"},"utterance",false]}""",
            Encoding.UTF8, "application/json");

        using var response = await server.PostAsync("/api/predict/", body);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.JsonAsync()).GetProperty("data")[1].GetProperty("emotion").GetString().ShouldBe("neutral");
    }

    [Theory]
    [InlineData("\\/", "\\u002B", "\\u003D")]
    [InlineData("\\u002f", "+", "=")]
    public async Task Run_EscapedBase64_IsTheSame(string slash, string plus, string equal)
    {
        await using var server = await RunningServer.StartAsync();
        var escaped = Base64.Replace("/", slash, StringComparison.Ordinal)
            .Replace("+", plus, StringComparison.Ordinal)
            .Replace("=", equal, StringComparison.Ordinal);

        using var body = new StringContent($"{{\"note\":\"\\\"data:x;base64,\",\"data\":[\"data:audio\\/wav;base64,{escaped}\"]}}");

        var result = await ResultAsync(await server.PostAsync("/api/predict/", body));
        result.GetProperty("data")[1].GetProperty("emotion").GetString().ShouldBe("neutral");
    }

    [Theory]
    [InlineData("data:audio/wav;base64,A*B=")]
    [InlineData("data:audio/wav;base64,AAA")]
    [InlineData("data:audio/wav,AAAA")]
    [InlineData("data:audio/wav;base64,AAAA")]
    [InlineData("data:#0")]
    public async Task Run_BadData_Is400ReadablyAndLeavesNothing(string audio)
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostJsonAsync("/api/predict/", new { data = new[] { audio } });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("error").GetString()!.Length.ShouldBeGreaterThan(10);
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_MoreThanTheLimit_Is413BeforeItIsRead()
    {
        await using var server = await RunningServer.StartAsync([("MaxUpload", "1")]);

        using var recording = await server.PostJsonAsync(
            "/api/predict", new { data = new[] { "data:;base64," + Convert.ToBase64String(new byte[1_100_000]) } });
        using var text = await server.PostJsonAsync("/api/predict", new { data = new[] { new string('x', 300_000) } });

        recording.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        text.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        server.Uploads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("file", "[None, 'utterance', False]", "utterance", 2)]
    [InlineData("files", "[None, 'frame', True]", "frame", 3)]
    [InlineData("audio", "[null, \"utterance\", true]", "utterance", 3)]
    [InlineData("file", "(None, \"utterance\", False, )", "utterance", 2)]
    [InlineData("file", null, "utterance", 2)]
    [InlineData("file", "[]", "utterance", 2)]
    public async Task Run_FormOfAScript_GivesItsResult(string part, string? data, string granularity, int files)
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await PostFormAsync(server, part, Recordings.Speech, data);

        var json = await ResultAsync(response);
        json.GetProperty("data")[1].GetProperty("granularity").GetString().ShouldBe(granularity);
        json.GetProperty("data")[2].GetArrayLength().ShouldBe(files);
    }

    [Theory]
    [InlineData("__import__('os').system('id')")]
    [InlineData("[None, 'utterance'")]
    [InlineData("{'a':1}")]
    [InlineData("[None] + [1]")]
    [InlineData("7")]
    public async Task Run_FormWithInvalidData_Is422(string data)
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await PostFormAsync(server, "file", Recordings.Speech, data);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_DamagedRecording_FailsWithAMessageWithoutEscapes()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await PostFormAsync(server, "file", Recordings.Speech[..60], "[None, 'utterance', False]");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var text = await response.TextAsync();
        text.ShouldStartWith("{\"error\":\"");
        text.ShouldNotContain("\\u");
    }

    [Fact]
    public async Task Run_ClientDisconnects_CancelsTheWork()
    {
        using var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        await server.ReadyAsync();
        var path = await server.UploadAsync(Recordings.Speech);
        using var leaving = new CancellationTokenSource();
        var posting = server.Client.PostAsJsonAsync("/api/predict", new { data = new[] { path } }, leaving.Token);
        await Until.True(() => model.Begun == 1);

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(posting);
        await Until.True(() => model.Ended == 1);
    }

    private static async Task<HttpResponseMessage> PostFormAsync(RunningServer server, string part, byte[] recording, string? data)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(recording), part, "x.wav" } };
        if (data is not null)
            form.Add(new StringContent(data, Encoding.UTF8), "data");
        return await server.PostAsync("/api/predict/", form);
    }

    private static async Task<JsonElement> ResultAsync(HttpResponseMessage response)
    {
        using (response)
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.TextAsync());
            return await response.JsonAsync();
        }
    }
}
