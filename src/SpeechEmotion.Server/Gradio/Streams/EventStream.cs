using System.IO.Pipelines;
using System.Text;

namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>
/// Writes server-sent events in exactly the bytes that Gradio clients expect: Python clients refuse any other line.
/// </summary>
internal sealed class EventStream : IMessageStream
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time;
    private readonly CancellationToken _aborted;
    private readonly CancellationToken _stopping;

    /// <summary>Starts the response.</summary>
    public EventStream(HttpContext context, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/event-stream; charset=utf-8";
        headers.CacheControl = "no-cache";
        headers["X-Accel-Buffering"] = "no";
        Pipe = context.Response.BodyWriter;
        (_time, _aborted, _stopping) = (time, context.RequestAborted, lifetime.ApplicationStopping);
    }

    /// <summary>The pipe for events, or for parts of them.</summary>
    public PipeWriter Pipe { get; }

    /// <inheritdoc/>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Writes an event, or a part of an event.</summary>
    public void Write(string text) => Encoding.UTF8.GetBytes(text, Pipe);

    /// <inheritdoc/>
    public async Task SendAsync(Func<PipeWriter, Task> write)
    {
        Write("data: ");
        await write(Pipe);
        Write("\n\n");
    }

    /// <inheritdoc/>
    public async Task FlushAsync() => await Pipe.FlushAsync(_aborted);

    /// <inheritdoc/>
    public async Task<bool> WaitAsync(Task more)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_aborted, _stopping);
        await more.WaitAsync(Beat, _time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _aborted.ThrowIfCancellationRequested();
        return more.IsCompleted || IsStopping;
    }
}
