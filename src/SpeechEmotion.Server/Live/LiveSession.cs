using System.IO.Pipelines;
using System.Net.WebSockets;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Live;

/// <summary>One live stream, from its first message to its end.</summary>
/// <param name="streams">All live streams.</param>
/// <param name="recognizers">The models.</param>
/// <param name="socket">The open socket; aborted at the end.</param>
/// <param name="limits">The timeouts and the limit of buffered audio.</param>
/// <param name="longest">The longest duration of a stream.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs the start and the end of the stream.</param>
internal sealed class LiveSession(
    LiveStreams streams, RecognizerPool recognizers, WebSocket socket, LiveLimits limits, TimeSpan longest, TimeProvider time,
    ILogger logger)
{
    private readonly string _id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
    private LiveProcessor? _processor;
    private Task? _receiving;

    /// <summary>Serves the client until it has received all messages, or has disconnected. It never throws.</summary>
    /// <param name="language">The language of messages, until the client requests another.</param>
    /// <param name="aborted">Cancelled when the connection breaks.</param>
    /// <param name="stopping">Cancelled when the server stops.</param>
    public async Task RunAsync(string language, CancellationToken aborted, CancellationToken stopping)
    {
        using var disconnected = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var receiver = new LiveReceiver(socket, limits, time, stopping);
        var sender = new LiveSender(socket, limits, disconnected.Token) { Language = language };
        var end = "disconnected";
        try
        {
            var error = await ServeAsync(receiver, sender, disconnected);
            await sender.CloseAsync(error);
            end = error?.Code ?? "done";
            // Closing a socket with unread data resets the connection, and the client might not receive the reason.
            await (_receiving ??= receiver.DrainAsync(disconnected)).WaitAsync(limits.Farewell, time, CancellationToken.None);
        }
        catch (Exception e) when (e is TimeoutException || LiveReceiver.IsDisconnect(e))
        {
            // The client disconnected or does not respond.
        }
        await ReleaseSocketAsync();
        if (_processor is not null)
            Log.LiveEnded(logger, _id, _processor.Processed.TotalSeconds, _processor.Segments, end);
    }

    /// <summary>Releases the socket, after the closing handshake if the client started it.</summary>
    private async Task ReleaseSocketAsync()
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(limits.Farewell, time);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        socket.Abort();
        if (_receiving is not null)
            await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>The error that ended the stream; null if it ended normally.</returns>
    private async Task<SpeechEmotionException?> ServeAsync(LiveReceiver receiver, LiveSender sender, CancellationTokenSource disconnected)
    {
        try
        {
            var start = LiveStreamRequest.Read(await receiver.FirstAsync());
            sender.Language = start.ToLanguage() ?? sender.Language;
            await ProcessAsync(start, receiver, sender, disconnected);
            return receiver.End;
        }
        catch (Exception e) when (!LiveReceiver.IsDisconnect(e))
        {
            var error = ProblemAnswers.Known(e);
            if (error.Code == "server.unexpected")
                Log.Unexpected(logger, e);
            return error;
        }
    }

    private async Task ProcessAsync(LiveStreamRequest start, LiveReceiver receiver, LiveSender sender, CancellationTokenSource disconnected)
    {
        var format = start.ToFormat();
        if (start.Model is { } model && !recognizers.Knows(model))
            throw RequestErrors.NoModel(model);
        var most = format.BytesOf(limits.Waiting, limits.WaitingBytes);
        var audio = new Pipe(new(pauseWriterThreshold: most, resumeWriterThreshold: most / 2, useSynchronizationContext: false));
        // Start now, so that a client that disconnects while the model is still being loaded is detected too.
        var mostBytes = (long)(longest.TotalSeconds * format.SampleRate) * format.FrameBytes;
        _receiving = receiver.RunAsync(audio.Writer, mostBytes, longest, disconnected);
        try
        {
            using var recognizer = await recognizers.RentAsync(start.Model, disconnected.Token);
            _processor = new(streams, recognizer.Value, format, sender, time);
            Log.LiveBegan(logger, _id, recognizer.Value.Model.Identity.Id, format.SampleRate, format.Channels);
            await sender.ReadyAsync(recognizer.Value.Model.Identity, format);
            receiver.Open();
            await _processor.RunAsync(audio.Reader, disconnected.Token);
        }
        finally
        {
            // Releases a writer that waits for space in the pipe.
            await audio.Reader.CompleteAsync();
        }
    }
}
