using System.IO.Pipelines;
using System.Text;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// Server-sent events byte by byte as Gradio's clients read them: Python refuses any line that it does not expect.
/// </summary>
internal sealed class EventStream
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly PipeWriter _pipe;
    private readonly TimeProvider _time;
    private readonly CancellationToken _aborted;
    private readonly CancellationToken _stopping;

    /// <summary>Begins the answer.</summary>
    public EventStream(HttpContext context, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/event-stream; charset=utf-8";
        headers.CacheControl = "no-cache";
        headers["X-Accel-Buffering"] = "no";
        _pipe = context.Response.BodyWriter;
        (_time, _aborted, _stopping) = (time, context.RequestAborted, lifetime.ApplicationStopping);
    }

    /// <summary>True where the server stops: everything must end.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Writes an event, or a part of one.</summary>
    public void Write(string text) => Encoding.UTF8.GetBytes(text, _pipe);

    /// <summary>Sends what was written.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task FlushAsync() => await _pipe.FlushAsync(_aborted);

    /// <summary>Waits until there is more to send, and not longer than a proxy lets a silent connection live.</summary>
    /// <returns>False where it is time for a heartbeat.</returns>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<bool> WaitAsync(Task more)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_aborted, _stopping);
        await more.WaitAsync(Beat, _time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _aborted.ThrowIfCancellationRequested();
        return more.IsCompleted || IsStopping;
    }
}
