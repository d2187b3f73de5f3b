using System.IO.Pipelines;
using System.Net.WebSockets;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Live;

/// <summary>One live stream, from its first message to its end, whichever.</summary>
/// <param name="streams">All of them.</param>
/// <param name="recognizers">Lend the model.</param>
/// <param name="socket">Open; aborted at the end.</param>
/// <param name="limits">How long to wait, and how much audio.</param>
/// <param name="longest">The longest stream.</param>
/// <param name="time">Measures that.</param>
/// <param name="logger">Is told of its beginning and end.</param>
internal sealed class LiveSession(
    LiveStreams streams, RecognizerPool recognizers, WebSocket socket, LiveLimits limits, TimeSpan longest, TimeProvider time, ILogger logger)
{
    private readonly string _id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
    private LiveProcessor? _processor;
    private Task? _receiving;

    /// <summary>Serves the client until it has been told everything, or is gone. It never fails.</summary>
    /// <param name="language">Of messages, until the client asks for another.</param>
    /// <param name="aborted">Cancelled when the connection breaks.</param>
    /// <param name="stopping">Cancelled when the server stops.</param>
    public async Task RunAsync(string language, CancellationToken aborted, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var receiver = new LiveReceiver(socket, limits, time, stopping);
        var sender = new LiveSender(socket, limits, gone.Token) { Language = language };
        var end = "gone";
        try
        {
            var error = await ServeAsync(receiver, sender, gone);
            await sender.CloseAsync(error);
            end = error?.Code ?? "done";
            // What is closed while something is still to be read is reset, and the client might not learn why.
            await (_receiving ??= receiver.DrainAsync(gone)).WaitAsync(limits.Farewell, time, CancellationToken.None);
        }
        catch (Exception e) when (e is TimeoutException || LiveReceiver.IsGone(e))
        {
            // It is gone, or does not answer.
        }
        await PartAsync();
        if (_processor is not null)
            Log.LiveEnded(logger, _id, _processor.Processed.TotalSeconds, _processor.Segments, end);
    }

    /// <summary>Lets go of the socket; a client that closed it first is answered.</summary>
    private async Task PartAsync()
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(limits.Farewell, time);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        socket.Abort();
        if (_receiving is not null)
            await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>Why it did not end well; null where it did.</returns>
    private async Task<SpeechEmotionException?> ServeAsync(LiveReceiver receiver, LiveSender sender, CancellationTokenSource gone)
    {
        try
        {
            var start = LiveStreamRequest.Read(await receiver.FirstAsync());
            sender.Language = start.ToLanguage() ?? sender.Language;
            await ProcessAsync(start, receiver, sender, gone);
            return receiver.End;
        }
        catch (Exception e) when (!LiveReceiver.IsGone(e))
        {
            var error = ProblemAnswers.Known(e);
            if (error.Code == "server.unexpected")
                Log.Unexpected(logger, e);
            return error;
        }
    }

    private async Task ProcessAsync(LiveStreamRequest start, LiveReceiver receiver, LiveSender sender, CancellationTokenSource gone)
    {
        var format = start.ToFormat();
        if (start.Model is { } model && !recognizers.Knows(model))
            throw RequestErrors.NoModel(model);
        var most = format.BytesOf(limits.Waiting, limits.WaitingBytes);
        var audio = new Pipe(new(pauseWriterThreshold: most, resumeWriterThreshold: most / 2, useSynchronizationContext: false));
        // From here on: who goes away while the model is still being loaded must be noticed too.
        _receiving = receiver.RunAsync(audio.Writer, (long)(longest.TotalSeconds * format.SampleRate) * format.FrameBytes, longest, gone);
        try
        {
            using var recognizer = await recognizers.RentAsync(start.Model, gone.Token);
            _processor = new(streams, recognizer.Value, format, sender, time);
            Log.LiveBegan(logger, _id, recognizer.Value.Model.Identity.Id, format.SampleRate, format.Channels);
            await sender.ReadyAsync(recognizer.Value.Model.Identity, format);
            receiver.Open();
            await _processor.RunAsync(audio.Reader, gone.Token);
        }
        finally
        {
            // Whoever waits for room waits no longer.
            await audio.Reader.CompleteAsync();
        }
    }
}
