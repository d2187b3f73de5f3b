using System.Net.Http.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Telemetry;

/// <summary>Servers and workers as programs, and a collector that receives what they send.</summary>
public sealed class ExportTelemetryTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Programs_WithACollector_SendItTracesAndMetrics()
    {
        await using var collector = await Collector.StartAsync();
        ServerProcess.Variables.Value = collector.Variables;
        var database = await SharedPostgres.CreateAsync();
        _folder.LaySpeech(2);
        using var server = await ServerProcess.ListeningAsync(
            _folder.Output, "--batch-root", _folder.Recordings, "--database", database, "--no-batches");
        using var worker = ServerProcess.Work(database, _folder.Output);
        using var client = new HttpClient { BaseAddress = new(server.Url!) };
        using (await client.GetAsync("/health/live", Ct))
        using (await client.GetAsync("/metrics", Ct))
        using (var posted = await client.PostAsync(
            "/api/v1/recognitions", new MultipartFormDataContent { { new ByteArrayContent(Recordings.Speech), "file", "secret.wav" } }, Ct))
            posted.EnsureSuccessStatusCode();
        using (var created = await client.PostAsJsonAsync("/api/v1/batches", new { folder = "" }, Ct))
            created.EnsureSuccessStatusCode();

        await Until.True(() => collector.Has("traces", "ser-server", "recognition", "infer"));
        await Until.True(() => collector.Has("traces", "ser-server", "POST /api/v1/recognitions"));
        await Until.True(() => collector.Has("metrics", "ser-server", "ser.recognitions"));
        await Until.True(() => collector.Has("traces", "ser-worker", "chunk", "item"));
        await Until.True(() => collector.Has("metrics", "ser-worker", "ser.batch.items"));
        collector.Has("traces", "/health").ShouldBeFalse();
        collector.Has("traces", "/metrics").ShouldBeFalse();
        collector.Has("traces", "secret").ShouldBeFalse();
        (await worker.EndAsync(ServerProcess.Terminate)).ShouldBe(0, worker.Text);
        (await server.EndAsync(ServerProcess.Terminate)).ShouldBe(0, server.Text);
    }

    [Fact]
    public async Task Server_WhoseCollectorDoesNotAnswer_WorksAndStops()
    {
        ServerProcess.Variables.Value = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://192.0.2.1:4317" };
        using var server = await ServerProcess.ListeningAsync(_folder.Output);
        using var client = new HttpClient { BaseAddress = new(server.Url!) };

        using var posted = await client.PostAsync(
            "/api/v1/recognitions", new MultipartFormDataContent { { new ByteArrayContent(Recordings.Speech), "file", "a.wav" } }, Ct);

        posted.EnsureSuccessStatusCode();
        (await server.EndAsync(ServerProcess.Terminate)).ShouldBe(0, server.Text);
    }

    [Fact]
    public async Task Server_WithTelemetrySwitchedOff_HasNoMetrics()
    {
        await using var collector = await Collector.StartAsync();
        ServerProcess.Variables.Value = new Dictionary<string, string>(collector.Variables) { ["OTEL_SDK_DISABLED"] = "true" };
        using var server = await ServerProcess.ListeningAsync(_folder.Output);
        using var client = new HttpClient { BaseAddress = new(server.Url!) };

        using var metrics = await client.GetAsync("/metrics", Ct);

        ((int)metrics.StatusCode).ShouldBe(404);
        (await server.EndAsync(ServerProcess.Terminate)).ShouldBe(0, server.Text);
        collector.Has("metrics").ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();
}
