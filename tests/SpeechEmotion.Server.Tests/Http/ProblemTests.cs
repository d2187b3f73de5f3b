using System.Net;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Http;

/// <summary>Every error is a problem document with a code, in the caller's language.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "http.404")]
    [InlineData("PUT", "/api/v1/recognitions", 405, "http.405")]
    [InlineData("GET", "/api/v1/recognitions/x", 404, "recognition.not_found")]
    [InlineData("DELETE", "/api/v1/recognitions/x", 404, "recognition.not_found")]
    [InlineData("POST", "/api/v1/recognitions/x/cancel", 404, "recognition.not_found")]
    [InlineData("GET", "/api/v1/recognitions/x/files/result.json", 404, "recognition.not_found")]
    [InlineData("GET", "/api/v1/recognitions/x/waveform", 404, "recognition.not_found")]
    [InlineData("GET", "/api/v1/recognitions/x/waveform?points=many", 400, "request.invalid")]
    [InlineData("POST", "/api/v1/recognitions", 400, "request.no_recording")]
    public async Task Request_Invalid_IsAProblemDocument(string method, string path, int status, string code)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        foreach (var accept in new[] { "*/*", "text/event-stream", "audio/wav" })
        {
            using var response = await server.SendAsync(new(new(method), path) { Headers = { { "Accept", accept } } });

            ((int)response.StatusCode).ShouldBe(status);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = await response.JsonAsync();
            problem.GetProperty("status").GetInt32().ShouldBe(status);
            problem.GetProperty("code").GetString().ShouldBe(code);
            problem.GetProperty("instance").GetString().ShouldBe(path.Split('?')[0]);
            problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
            problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
            problem.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
            problem.GetProperty("request_id").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("en", false)]
    [InlineData("zh", true)]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", true)]
    [InlineData("en-US,en;q=0.9,zh-CN;q=0.8", false)]
    [InlineData("fr,zh-TW;q=0.5", true)]
    [InlineData("fr", false)]
    [InlineData("zh;q=0", false)]
    [InlineData("zh;q=0,*", false)]
    [InlineData(";;;,=,zh;q=x", false)]
    [InlineData("en;q=0.1,zh;q=0.2", true)]
    public async Task Detail_AcceptLanguage_ChoosesTheText(string? accepted, bool chinese)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/recognitions/x");
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);

        using var response = await server.SendAsync(request);

        (await response.JsonAsync()).GetProperty("detail").GetString()!.Contains("没有识别记录", StringComparison.Ordinal).ShouldBe(chinese);
    }

    [Theory]
    [InlineData("""{"priority":"high"}""")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task Post_OtherJson_NamesNoTypes(string body)
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        using var content = new StringContent(body, null, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/batches") { Content = content };

        using var response = await server.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("request.invalid");
        problem.GetProperty("detail").GetString().ShouldBe("The body is not the JSON that this request requires.");
    }

    [Fact]
    public async Task Failure_Unexpected_IsReportedWithoutDetailsAndLogged()
    {
        await using var server = await RunningServer.StartAsync(
            model: () => new BrokenModel(new InvalidOperationException("the secret inner state")));

        using var response = await server.PostAsync(Recordings.Speech, "a.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.TextAsync()).ShouldNotContain("secret");
        (await response.CodeAsync()).ShouldBe("server.unexpected");
        (await ServerLogText.ReadAsync(server)).ShouldContain("the secret inner state");
        server.Uploads.ShouldBeEmpty();
        server.Folders.ShouldBeEmpty();
        using var list = await server.GetAsync("/api/v1/recognitions");
        (await list.TextAsync()).ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("audio.decoder_missing", 415)]
    [InlineData("audio.damaged", 422)]
    [InlineData("audio.decoder_failed", 500)]
    public async Task Recording_CannotBeDecoded_IsAClientErrorUnlessTheDecoderFails(string code, int status)
    {
        await using var server = await RunningServer.StartAsync(
            model: () => new BrokenModel(new AudioException(code, "It is WMA.", "这是 WMA。")));

        using var response = await server.PostAsync(Recordings.Speech, "a.wav");

        ((int)response.StatusCode).ShouldBe(status);
        (await response.CodeAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Model_CannotCompute_IsReportedWithItsCode()
    {
        await using var server = await RunningServer.StartAsync(
            model: () => new BrokenModel(new ModelException("model.run_failed", "No memory.", "内存不足。")));

        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("Accept-Language", "zh"));

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var problem = await response.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("model.run_failed");
        problem.GetProperty("detail").GetString().ShouldBe("内存不足。");
    }

    [Fact]
    public async Task Recognition_Texts_AreInTheCallersLanguage()
    {
        var model = new SlowModel();
        model.Go();
        await using var server = await RunningServer.StartAsync(model: () => model);
        var id = await server.SubmitAsync(Recordings.Noise(0.3));
        await server.EndAsync(id);

        var texts = new List<string>();
        foreach (var language in new[] { "zh-CN", "en" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/recognitions/{id}");
            request.Headers.Add("Accept-Language", language);
            using var response = await server.SendAsync(request);
            texts.Add((await response.JsonAsync()).GetProperty("quality")[0].GetProperty("text").GetString()!);
        }

        texts[0].ShouldMatch("[\u4e00-\u9fff]");
        texts[1].ShouldNotMatch("[\u4e00-\u9fff]");
    }

    /// <summary>Succeeds once, for the warm-up, and then always fails.</summary>
    private sealed class BrokenModel(Exception failure) : IEmotionModel
    {
        private readonly SlowModel _model = new();
        private int _runs;

        public ModelIdentity Identity => Some.Model;

        public LabelSet? Labels => _model.Labels;

        public int Dimension => _model.Dimension;

        public int MinSamples => _model.MinSamples;

        public int? MaxSamples => _model.MaxSamples;

        public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default) =>
            Interlocked.Increment(ref _runs) == 1 ? _model.Run(waveform, ct) : throw failure;

        public void Dispose() => _model.Dispose();
    }
}
