using System.IO.Pipelines;
using System.Net.WebSockets;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Errors;

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
    private LiveHearing? _hearing;
    private Task? _receiving;

    /// <summary>Serves the client until it has been told everything, or is gone. It never fails.</summary>
    /// <param name="language">Of messages, until the client asks for another.</param>
    /// <param name="aborted">Cancelled when the connection breaks.</param>
    /// <param name="stopping">Cancelled when the server stops.</param>
    public async Task RunAsync(string language, CancellationToken aborted, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var inbox = new LiveInbox(socket, limits, time, stopping);
        var outbox = new LiveOutbox(socket, limits, gone.Token) { Language = language };
        var end = "gone";
        try
        {
            var error = await ServeAsync(inbox, outbox, gone);
            await outbox.CloseAsync(error);
            end = error?.Code ?? "done";
            // What is closed while something is still to be read is reset, and the client might not learn why.
            await (_receiving ??= inbox.DrainAsync(gone)).WaitAsync(limits.Farewell, time, CancellationToken.None);
        }
        catch (Exception e) when (e is TimeoutException || LiveInbox.IsGone(e))
        {
            // It is gone, or does not answer.
        }
        await PartAsync();
        if (_hearing is not null)
            Log.LiveEnded(logger, _id, _hearing.Heard.TotalSeconds, _hearing.Segments, end);
    }

    /// <summary>Lets go of the socket; a client that closed it first is answered.</summary>
    private async Task PartAsync()
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            using var patience = new CancellationTokenSource(limits.Farewell);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        socket.Abort();
        if (_receiving is not null)
            await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>Why it did not end well; null where it did.</returns>
    private async Task<SpeechEmotionException?> ServeAsync(LiveInbox inbox, LiveOutbox outbox, CancellationTokenSource gone)
    {
        try
        {
            var start = LiveStart.Read(await inbox.FirstAsync());
            outbox.Language = start.ToLanguage() ?? outbox.Language;
            await HearAsync(start, inbox, outbox, gone);
            return inbox.End;
        }
        catch (Exception e) when (!LiveInbox.IsGone(e))
        {
            var error = ProblemAnswers.Known(e);
            if (error.Code == "server.unexpected")
                Log.Unexpected(logger, e);
            return error;
        }
    }

    private async Task HearAsync(LiveStart start, LiveInbox inbox, LiveOutbox outbox, CancellationTokenSource gone)
    {
        var format = start.ToFormat();
        if (start.Model is { } model && !recognizers.Knows(model))
            throw RequestErrors.NoModel(model);
        var most = format.BytesOf(limits.Waiting, limits.WaitingBytes);
        var audio = new Pipe(new(pauseWriterThreshold: most, resumeWriterThreshold: most / 2, useSynchronizationContext: false));
        // From here on: who goes away while the model is still being loaded must be noticed too.
        _receiving = inbox.RunAsync(audio.Writer, (long)(longest.TotalSeconds * format.SampleRate) * format.FrameBytes, longest, gone);
        try
        {
            using var recognizer = await recognizers.RentAsync(start.Model, gone.Token);
            _hearing = new(streams, recognizer.Value, format, outbox, time);
            Log.LiveBegan(logger, _id, recognizer.Value.Model.Identity.Id, format.SampleRate, format.Channels);
            await outbox.ReadyAsync(recognizer.Value.Model.Identity, format);
            inbox.Open();
            await _hearing.RunAsync(audio.Reader, gone.Token);
        }
        finally
        {
            // Whoever waits for room waits no longer.
            await audio.Reader.CompleteAsync();
        }
    }
}
