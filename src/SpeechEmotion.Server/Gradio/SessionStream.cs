namespace SpeechEmotion.Server.Gradio;

/// <summary>The stream of a session: the messages of all its events, until none is pending.</summary>
internal sealed class SessionStream(GradioSession session, EventStream stream, OutcomeWriter outcomes)
{
    /// <summary>Clients compare the text.</summary>
    public const string Stopped = """{"msg":"unexpected_error","event_id":null,"message":"Server stopped unexpectedly.","success":false}""";

    /// <summary>For a session that nobody has opened.</summary>
    public const string NotFound =
        """{"msg":"unexpected_error","event_id":null,"message":"404: Not Found","session_not_found":true,"success":false}""";

    private const string Heartbeat = """{"msg":"heartbeat","event_id":null}""";
    private const string Close = """{"msg":"close_stream","event_id":null}""";

    /// <summary>Writes it to its end, or until the client goes.</summary>
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
                    await WriteAsync(message, ct);
                    at = message.Number;
                }
                complete = session.TryClose(at) || stream.IsStopping;
                if (complete)
                    stream.Write($"data: {(stream.IsStopping ? Stopped : Close)}\n\n");
                await stream.FlushAsync();
                if (!complete && !await stream.WaitAsync(changed))
                    stream.Write($"data: {Heartbeat}\n\n");
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client is gone; the session waits for it.
            complete = false;
        }
        finally
        {
            session.EndStream(complete);
        }
    }

    private async Task WriteAsync(GradioMessage message, CancellationToken ct)
    {
        stream.Write("data: ");
        if (message.Completed is { } ended)
            await outcomes.WriteCompletedAsync(ended.Id, await ended.Outcome, ct);
        else
            stream.Write(message.Json!);
        stream.Write("\n\n");
    }
}
