namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>The stream of a session: the messages of all its events, until no event is pending.</summary>
internal sealed class SessionStream(GradioSession session, IMessageStream stream, OutcomeWriter outcomes)
{
    /// <summary>The message of a stopping server; clients compare its text.</summary>
    public const string Stopped = """{"msg":"unexpected_error","event_id":null,"message":"Server stopped unexpectedly.","success":false}""";

    /// <summary>The message for a session that does not exist.</summary>
    public const string NotFound =
        """{"msg":"unexpected_error","event_id":null,"message":"404: Not Found","session_not_found":true,"success":false}""";

    private const string Heartbeat = """{"msg":"heartbeat","event_id":null}""";
    private const string Close = """{"msg":"close_stream","event_id":null}""";

    /// <summary>Writes the stream to its end, or until the client disconnects.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        var complete = false;
        var at = session.BeginStream();
        try
        {
            while (!complete)
            {
                var (messages, changed) = session.Read(at);
                foreach (var message in messages)
                {
                    await SendAsync(message, ct);
                    at = message.Number;
                }
                complete = session.TryClose(at) || stream.IsStopping;
                if (complete)
                    await stream.SendAsync(stream.IsStopping ? Stopped : Close);
                await stream.FlushAsync();
                if (!complete && !await stream.WaitAsync(changed))
                    await stream.SendAsync(Heartbeat);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client disconnected; the session waits for it.
            complete = false;
        }
        finally
        {
            session.EndStream(complete);
        }
    }

    private Task SendAsync(GradioMessage message, CancellationToken ct) => message.Completed is { } ended
        ? stream.SendAsync(async pipe => await outcomes.WriteCompletedAsync(pipe, ended.Id, await ended.Outcome, ct))
        : stream.SendAsync(message.Json!);
}
