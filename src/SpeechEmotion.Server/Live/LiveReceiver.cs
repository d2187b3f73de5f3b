using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Json;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Live;

/// <summary>
/// What a live client sends. Audio goes into a pipe; while that is full the socket is not read, so that the client waits and
/// nothing is dropped. A receive is never cancelled, since that would break the socket before the client is told why.
/// </summary>
/// <param name="socket">Open.</param>
/// <param name="limits">How long to wait.</param>
/// <param name="time">Measures that.</param>
/// <param name="stopping">Cancelled when the server stops.</param>
internal sealed class LiveReceiver(WebSocket socket, LiveLimits limits, TimeProvider time, CancellationToken stopping)
{
    private const int TextBytes = 1 << 14;

    private readonly byte[] _block = new byte[1 << 14];
    private readonly TaskCompletionSource<long> _opened = new();
    private Task<ValueWebSocketReceiveResult>? _receiving;

    /// <summary>Why the audio ended, known once it has; null where the client said so.</summary>
    public RequestException? End { get; private set; }

    /// <summary>The first message.</summary>
    /// <exception cref="RequestException">It is no text, too long or too late, or the server stops.</exception>
    /// <exception cref="WebSocketException">The client is gone.</exception>
    public async Task<byte[]> FirstAsync()
    {
        var began = time.GetTimestamp();
        var received = await NextAsync(() => limits.First - time.GetElapsedTime(began), () => LiveErrors.Late(limits.First));
        if (received.MessageType != WebSocketMessageType.Text)
            throw LiveErrors.Invalid("The first message is text that describes the stream.", "首条消息应为描述音频流的文本。");
        return await TextAsync(received, () => limits.First - time.GetElapsedTime(began), () => LiveErrors.Late(limits.First));
    }

    /// <summary>The client knows that it may send: from now on it is waited for, and not while the model was being loaded.</summary>
    public void Open() => _opened.TrySetResult(time.GetTimestamp());

    /// <summary>Receives audio to its end, then goes on until the client closes: only who reads learns that it has gone.</summary>
    /// <param name="audio">Takes the audio; completed at its end.</param>
    /// <param name="mostBytes">Audio that is taken.</param>
    /// <param name="longest">What that is in time; no stream lasts longer.</param>
    /// <param name="gone">Cancelled when the client is.</param>
    public async Task RunAsync(PipeWriter audio, long mostBytes, TimeSpan longest, CancellationTokenSource gone)
    {
        try
        {
            await FillAsync(audio, mostBytes, longest);
        }
        catch (RequestException reason)
        {
            End = reason;
        }
        catch (Exception e) when (IsGone(e))
        {
            await gone.CancelAsync();
        }
        await audio.CompleteAsync();
        await DrainAsync(gone);
    }

    /// <summary>Receives, and hears nothing of it, until the client closes.</summary>
    public async Task DrainAsync(CancellationTokenSource gone)
    {
        try
        {
            while (true)
                await NextAsync();
        }
        catch (Exception e) when (IsGone(e))
        {
            await gone.CancelAsync();
        }
    }

    /// <summary>Whether there is nobody any more to be told anything.</summary>
    public static bool IsGone(Exception e) => e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException;

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
            // Waits while too much audio waits; whoever heard enough completes the other end.
            if (count > 0 && (await audio.WriteAsync(_block.AsMemory(0, count), CancellationToken.None)).IsCompleted)
                return;
            if (received.Count > count)
                throw LiveErrors.TooLong(longest);
            if (count > 0)
                last = time.GetTimestamp();
        }

        long Opened() => _opened.Task.IsCompleted ? _opened.Task.Result : time.GetTimestamp();
        TimeSpan Rest() => longest - time.GetElapsedTime(Opened());
        TimeSpan Patience() => Rest() is var rest && limits.Idle - time.GetElapsedTime(Math.Max(last, Opened())) is var idle && rest < idle ? rest : idle;
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
            // Below.
        }
        throw LiveErrors.Invalid("""The only text after the first message is {"type": "end"}.""", """首条消息之后的文本只能是 {"type": "end"}。""");
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
            // Asked first: from a client that sends without pause there is always something.
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
                // There may be patience left: what it is counted from may have come meanwhile.
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
        return received.MessageType != WebSocketMessageType.Close ? received : throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
    }

    /// <summary>What is being received, whoever waits for it.</summary>
    private Task<ValueWebSocketReceiveResult> Receiving() => _receiving ??= socket.ReceiveAsync(_block.AsMemory(), CancellationToken.None).AsTask();
}
