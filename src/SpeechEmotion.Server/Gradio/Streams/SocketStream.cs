using System.IO.Pipelines;
using System.Net.WebSockets;

namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>The WebSocket of Gradio 3 clients. They expect no heartbeat message; WebSocket itself has a keep-alive.</summary>
/// <param name="socket">The open socket, after the last message of the client.</param>
/// <param name="disconnected">Cancelled when the client disconnects.</param>
/// <param name="stopping">Cancelled when the server stops.</param>
internal sealed class SocketStream(WebSocket socket, CancellationTokenSource disconnected, CancellationToken stopping) : IMessageStream
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
        using var end = CancellationTokenSource.CreateLinkedTokenSource(disconnected.Token, stopping);
        await more.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        disconnected.Token.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>Reads until the client disconnects: only a reader detects that.</summary>
    private async Task WatchAsync()
    {
        try
        {
            var ignored = new byte[1024];
            while ((await socket.ReceiveAsync(ignored, disconnected.Token)).MessageType != WebSocketMessageType.Close)
                continue;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client disconnected.
        }
        try
        {
            await disconnected.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The call ended before.
        }
    }
}
