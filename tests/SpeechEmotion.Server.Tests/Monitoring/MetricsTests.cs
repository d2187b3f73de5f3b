using System.Globalization;
using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Live;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Monitoring;

[Collection(Alone.Name)]
public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterRecognitions_CountsThemByState()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        var first = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        var waiting = await server.SubmitAsync(Recordings.Speech);
        await IsAsync(server, "ser_queue_waiting", "", 1);
        await IsAsync(server, "ser_queue_running", "", 1);
        using var cancelled = await server.PostAsync($"/api/v1/recognitions/{waiting}/cancel");
        model.Go();
        await server.EndAsync(first);
        using var failed = await server.PostAsync([], "empty.wav");

        await IsAsync(server, "ser_recognitions_total", "state=\"done\"", 1);
        await IsAsync(server, "ser_recognitions_total", "state=\"failed\"", 1);
        await IsAsync(server, "ser_recognitions_total", "state=\"cancelled\"", 1);
        await IsAsync(server, "ser_recognition_duration_seconds_count", "state=\"done\"", 1);
        await IsAsync(server, "ser_audio_seconds_total", "", 4.7);
        await IsAsync(server, "http_server_request_duration_seconds_count", "/api/v1/recognitions/{id}/cancel", 1);
    }

    [Fact]
    public async Task Metrics_LiveStreams_CountsThemAndTheirAudio()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await LiveClient.StartAsync(server);
        await client.SendAsync(new short[32_000]);
        await client.NextAsync("partial");

        await IsAsync(server, "ser_live_streams", "", 1);
        await IsAsync(server, "ser_live_audio_seconds_total", "", 1);
    }

    [Fact]
    public async Task Metrics_AfterABatch_CountsItsRecordings()
    {
        await using var server = await RunningServer.StartAsync();
        using var created = await server.PostBatchAsync(
            [("file", "a.wav", Recordings.Speech), ("file", "b.wav", Recordings.Speech), ("file", "c.txt", "no audio"u8.ToArray())]);
        await server.BatchEndAsync(created);

        await IsAsync(server, "ser_batch_items_total", "state=\"done\"", 1);
        await IsAsync(server, "ser_batch_items_total", "state=\"copied\"", 1);
        await IsAsync(server, "ser_batch_items_total", "state=\"failed\"", 1);
        await IsAsync(server, "ser_batch_item_duration_seconds_count", "state=\"done\"", 1);
        await IsAsync(server, "ser_batch_audio_seconds_total", "", 4.7);
        await IsAsync(server, "ser_inference_duration_seconds_count", "source=\"batch\"", 1);
    }

    /// <summary>
    /// Waits until a metric has reached a value. The exporter caches its response for a moment, so the latest counts appear a
    /// little later. Servers of other tests in this process may be counted too.
    /// </summary>
    private static Task IsAsync(RunningServer server, string name, string label, double least) => Until.AsyncTrue(async () =>
        (await MetricsAsync(server, name, label)).Any(value => double.Parse(value, CultureInfo.InvariantCulture) >= least));

    /// <summary>Values of a metric.</summary>
    private static async Task<string[]> MetricsAsync(RunningServer server, string name, string label)
    {
        using var response = await server.GetAsync("/metrics");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await response.TextAsync()).Split('\n')
            .Where(line => (line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
                && line.Contains(label, StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0])];
    }
}
