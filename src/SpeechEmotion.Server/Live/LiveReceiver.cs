using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Json;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Live;

/// <summary>
/// Receives a live client's messages. Audio is written to a pipe; while the pipe is full, the socket is not read, so the client
/// waits and no audio is dropped. A receive is never cancelled, because that would break the socket before the client receives the
/// reason.
/// </summary>
/// <param name="socket">The open socket.</param>
/// <param name="limits">The timeouts.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Cancelled when the server stops.</param>
internal sealed class LiveReceiver(WebSocket socket, LiveLimits limits, TimeProvider time, CancellationToken stopping)
{
    private const int TextBytes = 1 << 14;

    private readonly byte[] _block = new byte[1 << 14];
    private readonly TaskCompletionSource<long> _opened = new();
    private Task<ValueWebSocketReceiveResult>? _receiving;

    /// <summary>Why the audio ended, set when it has ended; null if the client ended it.</summary>
    public RequestException? End { get; private set; }

    /// <summary>Receives the first message.</summary>
    /// <exception cref="RequestException">The message is not text, too long or too late, or the server stops.</exception>
    /// <exception cref="WebSocketException">The client disconnected.</exception>
    public async Task<byte[]> FirstAsync()
    {
        var began = time.GetTimestamp();
        var received = await NextAsync(() => limits.First - time.GetElapsedTime(began), () => LiveErrors.Late(limits.First));
        if (received.MessageType != WebSocketMessageType.Text)
            throw LiveErrors.Invalid("The first message must be text that describes the stream.", "首条消息应为描述音频流的文本。");
        return await TextAsync(received, () => limits.First - time.GetElapsedTime(began), () => LiveErrors.Late(limits.First));
    }

    /// <summary>Starts the idle timer: the client now knows that it may send. It does not run while the model is being loaded.</summary>
    public void Open() => _opened.TrySetResult(time.GetTimestamp());

    /// <summary>
    /// Receives audio to its end, then keeps reading until the client closes: only a reader detects that the client disconnected.
    /// </summary>
    /// <param name="audio">The pipe for the audio; completed at its end.</param>
    /// <param name="mostBytes">The most bytes of audio to accept.</param>
    /// <param name="longest">Their duration; no stream lasts longer.</param>
    /// <param name="disconnected">Cancelled when the client disconnects.</param>
    public async Task RunAsync(PipeWriter audio, long mostBytes, TimeSpan longest, CancellationTokenSource disconnected)
    {
        try
        {
            await FillAsync(audio, mostBytes, longest);
        }
        catch (RequestException reason)
        {
            End = reason;
        }
        catch (Exception e) when (IsDisconnect(e))
        {
            await disconnected.CancelAsync();
        }
        await audio.CompleteAsync();
        await DrainAsync(disconnected);
    }

    /// <summary>Receives and discards messages until the client closes.</summary>
    public async Task DrainAsync(CancellationTokenSource disconnected)
    {
        try
        {
            while (true)
                await NextAsync();
        }
        catch (Exception e) when (IsDisconnect(e))
        {
            await disconnected.CancelAsync();
        }
    }

    /// <summary>Returns whether an exception means that the client can no longer receive a message.</summary>
    public static bool IsDisconnect(Exception e) =>
        e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException;

    private async Task FillAsync(PipeWriter audio, long left, TimeSpan longest)
    {
        long last = 0;
        while (true)
        {
            var received = await NextAsync(Patience, Reason);
            if (received.MessageType == WebSocketMessageType.Text)
            {
                RequireEnd(await TextAsync(received, Patience, Reason));
                return;
            }
            var count = (int)Math.Min(received.Count, left);
            left -= count;
            // Waits while the pipe is full; a reader that needs no more audio completes its end.
            if (count > 0 && (await audio.WriteAsync(_block.AsMemory(0, count), CancellationToken.None)).IsCompleted)
                return;
            if (received.Count > count)
                throw LiveErrors.TooLong(longest);
            if (count > 0)
                last = time.GetTimestamp();
        }

        long Opened() => _opened.Task.IsCompleted ? _opened.Task.Result : time.GetTimestamp();
        TimeSpan Rest() => longest - time.GetElapsedTime(Opened());
        TimeSpan Patience()
        {
            var (rest, idle) = (Rest(), limits.Idle - time.GetElapsedTime(Math.Max(last, Opened())));
            return rest < idle ? rest : idle;
        }
        RequestException Reason() => Rest() > TimeSpan.Zero ? LiveErrors.Idle(limits.Idle) : LiveErrors.TooLong(longest);
    }

    private static void RequireEnd(byte[] text)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, LiveJsonContext.Default.LiveClientMessage) is { Type: LiveClientMessage.End })
                return;
        }
        catch (JsonException)
        {
            // Thrown below.
        }
        throw LiveErrors.Invalid(
            """The only text allowed after the first message is {"type": "end"}.""", """首条消息之后的文本只能是 {"type": "end"}。""");
    }

    private async Task<byte[]> TextAsync(ValueWebSocketReceiveResult received, Func<TimeSpan> patience, Func<RequestException> late)
    {
        var text = new ArrayBufferWriter<byte>();
        while (true)
        {
            if (text.WrittenCount + received.Count > TextBytes)
                throw LiveErrors.Invalid($"A text message has at most {TextBytes >> 10} KB.", $"文本消息不得超过 {TextBytes >> 10} KB。");
            text.Write(_block.AsSpan(0, received.Count));
            if (received.EndOfMessage)
                return text.WrittenSpan.ToArray();
            received = await NextAsync(patience, late);
        }
    }

    private async Task<ValueWebSocketReceiveResult> NextAsync(Func<TimeSpan> patience, Func<RequestException> late)
    {
        while (true)
        {
            // Checked first: a client that sends without pause always has another message.
            if (stopping.IsCancellationRequested)
                throw RequestErrors.Stopping();
            var wait = patience();
            if (wait <= TimeSpan.Zero)
                throw late();
            try
            {
                await Receiving().WaitAsync(wait, time, stopping);
                return await NextAsync();
            }
            catch (TimeoutException)
            {
                // The deadline may have moved meanwhile, so it is checked again.
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                throw RequestErrors.Stopping();
            }
        }
    }

    private async Task<ValueWebSocketReceiveResult> NextAsync()
    {
        var received = await Receiving();
        _receiving = null;
        return received.MessageType != WebSocketMessageType.Close
            ? received
            : throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
    }

    /// <summary>Returns the pending receive, and starts one if none is pending.</summary>
    private Task<ValueWebSocketReceiveResult> Receiving() =>
        _receiving ??= socket.ReceiveAsync(_block.AsMemory(), CancellationToken.None).AsTask();
}
