using System.IO.Pipelines;
using System.Net.WebSockets;

namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>The WebSocket of clients for Gradio 3. They know no heartbeat; the protocol below has its own.</summary>
/// <param name="socket">Open, and read to the end of what the client sends.</param>
/// <param name="gone">Cancelled when the client goes.</param>
/// <param name="stopping">Cancelled when the server stops.</param>
internal sealed class SocketStream(WebSocket socket, CancellationTokenSource gone, CancellationToken stopping) : IMessageStream
{
    private bool _watched;

    /// <inheritdoc/>
    public bool IsStopping => stopping.IsCancellationRequested;

    /// <inheritdoc/>
    public async Task SendAsync(Func<PipeWriter, Task> write)
    {
        await using var message = WebSocketStream.CreateWritableMessageStream(socket, WebSocketMessageType.Text);
        var pipe = PipeWriter.Create(message);
        await write(pipe);
        await pipe.CompleteAsync();
    }

    /// <inheritdoc/>
    public Task FlushAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<bool> WaitAsync(Task more)
    {
        if (!_watched)
            _ = WatchAsync();
        _watched = true;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone.Token, stopping);
        await more.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        gone.Token.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>Only who reads learns that the other side has gone.</summary>
    private async Task WatchAsync()
    {
        try
        {
            var ignored = new byte[1024];
            while ((await socket.ReceiveAsync(ignored, gone.Token)).MessageType != WebSocketMessageType.Close)
                continue;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // So it has.
        }
        try
        {
            await gone.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The call has come to its end before.
        }
    }
}
