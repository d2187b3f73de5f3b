using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Shouldly;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Telemetry;

/// <summary>The spans of requests, of recognitions and of batches.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly BatchFolder _folder = new();
    private readonly SpanListener _spans = new();

    [Fact]
    public async Task Request_WithATrace_IsFollowedToTheEndOfItsRecognition()
    {
        await using var server = await ServeAsync();
        using var posted = await server.PostAsync(Recordings.Speech, "secret name.wav");

        var id = (await posted.JsonAsync()).GetProperty("id").GetString();
        var recognition = await _spans.EndAsync("recognition");
        var request = await _spans.EndAsync("Microsoft.AspNetCore.Hosting.HttpRequestIn");
        request.ParentSpanId.ShouldBe(_spans.Client.Span);
        recognition.ParentSpanId.ShouldBe(request.SpanId);
        _spans.PartsOf(request).Select(span => span.OperationName).ShouldBe(["wait", "recognition"], ignoreOrder: true);
        _spans.PartsOf(recognition).Select(span => span.OperationName).ShouldBe(["infer", "store", "record"], ignoreOrder: true);
        recognition.GetTagItem("ser.recognition.id").ShouldBe(id);
        recognition.GetTagItem("ser.state").ShouldBe("done");
        recognition.GetTagItem("ser.model").ShouldBe("compact");
        recognition.GetTagItem("ser.audio.seconds").ShouldBeOfType<double>().ShouldBe(4.7, 0.1);
        _spans.Spans.SelectMany(span => span.TagObjects).ShouldNotContain(tag => $"{tag.Value}".Contains("secret"));
    }

    [Fact]
    public async Task Recognition_ThatFails_HasItsCode()
    {
        await using var server = await ServeAsync();
        using var posted = await server.PostAsync("no audio"u8.ToArray(), "a.wav");

        var recognition = await _spans.EndAsync("recognition");

        recognition.Status.ShouldBe(ActivityStatusCode.Error);
        recognition.GetTagItem("error.type").ShouldBeOfType<string>().ShouldStartWith("audio.");
    }

    [Fact]
    public async Task Recognition_ThatAWorkerTakes_BelongsToTheTraceOfItsRequest()
    {
        var database = await SharedPostgres.CreateAsync();
        var slow = new SlowModel();
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("Workers", "1")], () => slow, output: _folder.Output);
        var running = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => slow.Begun == 1);
        await using var worker = await RunningWorker.StartAsync(database, _folder.Output);
        server.Client.DefaultRequestHeaders.Add("traceparent", _spans.Header);

        using var posted = await server.PostAsync(Recordings.Speech, "b.wav", ("model", "compact"));

        var recognition = await _spans.EndAsync("recognition");
        var request = await _spans.EndAsync("Microsoft.AspNetCore.Hosting.HttpRequestIn");
        recognition.ParentSpanId.ShouldBe(request.SpanId);
        recognition.HasRemoteParent.ShouldBeTrue();
        // The server has another model.
        recognition.GetTagItem("ser.model").ShouldBe("compact");
        slow.Go();
        await server.EndAsync(running);
    }

    [Fact]
    public async Task Batch_CreatedWithATrace_IsNamedByItsChunk()
    {
        await using var server = await ServeAsync();
        using var created = await server.PostBatchAsync(
            [("file", "a.wav", Recordings.Speech), ("file", "b.wav", Recordings.Noise(1)), ("file", "c.txt", "no audio"u8.ToArray())]);
        await server.BatchEndAsync(created);

        await Until.True(() => _spans.Linked.Length > 0);
        var chunk = _spans.Linked.Single();
        chunk.OperationName.ShouldBe("chunk");
        chunk.TraceId.ShouldNotBe(_spans.Client.Trace);
        chunk.ParentSpanId.ShouldBe(default);
        var items = _spans.PartsOf(chunk).Where(span => span.OperationName == "item").ToArray();
        items.Select(item => item.Status).ShouldBe(
            [ActivityStatusCode.Unset, ActivityStatusCode.Unset, ActivityStatusCode.Error], ignoreOrder: true);
        items.SelectMany(item => _spans.PartsOf(item)).Select(span => span.OperationName).Distinct().ShouldBe(["infer"]);
        _spans.PartsOf(chunk).ShouldContain(span => span.OperationName == "record");
    }

    [Fact]
    public async Task Metrics_InTheFormatOfOpenMetrics_NameATraceAsExample()
    {
        await using var server = await ServeAsync();
        using var posted = await server.PostAsync(Recordings.Speech, "a.wav");
        await _spans.EndAsync("recognition");
        server.Client.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text;version=1.0.0"));

        await Until.AsyncTrue(async () =>
        {
            using var answer = await server.GetAsync("/metrics");
            return (await answer.TextAsync()).Split('\n').Any(line =>
                line.StartsWith("ser_inference_duration_seconds_bucket", StringComparison.Ordinal)
                && line.Contains($"trace_id=\"{_spans.Client.Trace}\"", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void Continue_WithoutAValidTrace_BeginsOne(string? trace)
    {
        using var span = ServerTraces.Continue("recognition", trace);

        span.ShouldNotBeNull().ParentSpanId.ShouldBe(default);
    }

    [Fact]
    public void Current_OfALongTrace_IsShort()
    {
        using var activity = new Activity("test");
        activity.SetParentId($"{_spans.Header.Replace("00-", "cc-", StringComparison.Ordinal)}-{new string('x', 1000)}");
        activity.Start();

        ServerTraces.Current.ShouldNotBeNull().Length.ShouldBe(55);
    }

    [Fact]
    public async Task Start_WithoutTheVariables_ExportsNothing()
    {
        await using var server = await ServeAsync();

        server.Services.GetService<TracerProvider>().ShouldBeNull();
    }

    public void Dispose()
    {
        _spans.Dispose();
        _folder.Dispose();
    }

    private async Task<RunningServer> ServeAsync()
    {
        var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.Add("traceparent", _spans.Header);
        return server;
    }
}
