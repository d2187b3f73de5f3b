using System.Net.Http.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Telemetry;

/// <summary>Servers and workers as programs, and a collector that receives what they send.</summary>
public sealed class ExportTelemetryTests : IDisposable
{
    /// <summary>A kind of message, a program that sends it, and a name in it.</summary>
    private static readonly (string, string, string)[] Expected =
    [
        ("traces", "ser-server", "POST /api/v1/recognitions"), ("traces", "ser-server", "ser.recognition.id"),
        ("metrics", "ser-server", "ser.recognitions"), ("metrics", "ser-server", "http.server.request.duration"),
        ("traces", "ser-worker", "ser.chunk.number"), ("traces", "ser-worker", "ser.item.number"),
        ("metrics", "ser-worker", "ser.batch.items"), ("metrics", "ser-worker", "dotnet.process.cpu.time"),
    ];

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

        foreach (var (kind, program, name) in Expected)
            await Until.True(() => collector.Has(kind, program, name));
        collector.Has("traces", "/health").ShouldBeFalse();
        collector.Has("traces", "/metrics").ShouldBeFalse();
        collector.Has("traces", "secret").ShouldBeFalse();
        (await worker.EndAsync(ServerProcess.Terminate)).ShouldBe(0, worker.Text);
        (await server.EndAsync(ServerProcess.Terminate)).ShouldBe(0, server.Text);
    }

    [Fact]
    public async Task Server_WithoutItsCollector_WorksAndStops()
    {
        ServerProcess.Variables.Value = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" };
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
