using System.Collections.Concurrent;
using System.Diagnostics;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Receives the spans of all servers and workers of this process. Each test reads those of its own trace.</summary>
internal sealed class SpanListener : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanListener()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name is "SpeechEmotion.Server" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The trace of the test, and the span in it that is the parent of the request.</summary>
    public (ActivityTraceId Trace, ActivitySpanId Span) Client { get; } = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());

    /// <summary>The header that continues the trace of the test.</summary>
    public string Header => $"00-{Client.Trace}-{Client.Span}-01";

    /// <summary>The ended spans of the trace of the test.</summary>
    public Activity[] Spans => [.. _ended.Where(span => span.TraceId == Client.Trace)];

    /// <summary>The ended spans that refer to the trace of the test.</summary>
    public Activity[] Linked => [.. _ended.Where(span => span.Links.Any(link => link.Context.TraceId == Client.Trace))];

    /// <summary>The ended parts of a span.</summary>
    public Activity[] PartsOf(Activity whole) => [.. _ended.Where(span => span.ParentSpanId == whole.SpanId)];

    /// <summary>Waits for the end of the only span with a name in the trace of the test.</summary>
    public async Task<Activity> EndAsync(string name)
    {
        await Until.True(() => Spans.Any(span => span.OperationName == name));
        return Spans.Single(span => span.OperationName == name);
    }

    public void Dispose() => _listener.Dispose();
}
