using System.Net;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Engine;

/// <summary>The server while its model loads, and after the load has failed.</summary>
public sealed class ModelLoadingTests
{
    [Fact]
    public async Task Loading_Requests_WaitAndThenSucceed()
    {
        using var loaded = new ManualResetEventSlim();
        await using var server = await RunningServer.StartAsync(model: () =>
        {
            loaded.Wait();
            var model = new SlowModel();
            model.Go();
            return model;
        });
        var id = await server.SubmitAsync(Recordings.Speech);
        var answer = server.PostAsync(Recordings.Speech, "b.wav");

        (await StatusAsync(server, "/health/live")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        using (var system = await server.GetAsync("/api/v1/system"))
        {
            var model = (await system.JsonAsync()).GetProperty("model");
            model.GetProperty("state").GetString().ShouldBe("loading");
            model.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
            model.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        }
        var waiting = await server.RecognitionAsync(id);
        waiting.GetProperty("state").GetString().ShouldBe("queued");
        waiting.GetProperty("log")[1].GetString()!.ShouldContain("The model is being loaded");
        loaded.Set();

        (await server.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        using var response = await answer;
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await StatusAsync(server, "/health/ready")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Failed_Requests_ReportWhy()
    {
        await using var server = await RunningServer.StartAsync([("Model", "no-such-model")]);
        await server.ReadyAsync();

        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("Accept-Language", "zh"));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var problem = await response.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("model.not_found");
        problem.GetProperty("detail").GetString()!.ShouldContain("本机没有模型 no-such-model");
        (await StatusAsync(server, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(server, "/health/live")).ShouldBe(HttpStatusCode.OK);
        using var system = await server.GetAsync("/api/v1/system");
        var model = (await system.JsonAsync()).GetProperty("model");
        model.GetProperty("state").GetString().ShouldBe("failed");
        model.GetProperty("message").GetString()!.ShouldContain("no-such-model");
        server.Uploads.ShouldBeEmpty();
        (await ServerLogText.ReadAsync(server)).ShouldContain("The model cannot be loaded");
    }

    [Fact]
    public async Task Failed_AnotherModelByName_StillAnswers()
    {
        await using var server = await RunningServer.StartAsync([("Model", "no-such-model")]);
        await server.ReadyAsync();

        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("model", "compact"));

        (await response.JsonAsync()).GetProperty("model").GetProperty("id").GetString().ShouldBe("compact");
    }

    [Fact]
    public async Task PrecisionAuto_WithoutACertificate_StaysFp32AndReportsWhy()
    {
        await using var server = await RunningServer.StartAsync([("Precision", "auto")]);
        await server.ReadyAsync();

        using var response = await server.GetAsync("/api/v1/system");

        var model = (await response.JsonAsync()).GetProperty("model");
        model.GetProperty("state").GetString().ShouldBe("ready");
        model.GetProperty("precision").GetString().ShouldBe("fp32");
        model.GetProperty("message").GetString()!.ShouldContain("int8 is not certified");
        (await ServerLogText.ReadAsync(server)).ShouldContain("int8 is not certified");
    }

    [Theory]
    [InlineData("cuda", true)]
    [InlineData("auto", false)]
    public async Task Device_Unavailable_UsesTheCpuAndReportsItIfRequested(string device, bool reported)
    {
        await using var server = await RunningServer.StartAsync([("Device", device)]);
        await server.ReadyAsync();

        using var response = await server.GetAsync("/api/v1/system");

        var model = (await response.JsonAsync()).GetProperty("model");
        model.GetProperty("state").GetString().ShouldBe("ready");
        model.GetProperty("device").GetString().ShouldBe("cpu");
        (model.GetProperty("message").GetString()?.Contains("CUDA is not used", StringComparison.Ordinal) ?? false).ShouldBe(reported);
        (await ServerLogText.ReadAsync(server)).ShouldContain(reported ? "CUDA is not used" : "The model runs on the CPU");
    }

    [Fact]
    public async Task WarmUp_Fails_IsNotReady()
    {
        await using var server = await RunningServer.StartAsync(model: () => throw new InvalidOperationException("inner state"));
        await server.ReadyAsync();

        (await StatusAsync(server, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var response = await server.PostAsync(Recordings.Speech, "a.wav");
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.TextAsync()).ShouldNotContain("inner state");
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string path)
    {
        using var response = await server.GetAsync(path);
        return response.StatusCode;
    }
}
