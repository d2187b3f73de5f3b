using System.Text.Json;
using System.Text.Json.Nodes;
using SpeechEmotion.Server.Gradio.Streams;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Gradio;

/// <summary>Accepts calls into sessions and posts their progress and outcome there.</summary>
internal sealed class EventRunner(
    GradioSessions sessions, Predictor predictor, RecognitionQueue queue, TimeProvider time, ILogger<EventRunner> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Accepts a call; from then on its session reports about it.</summary>
    /// <param name="hash">The session; null for a new session of the call's own.</param>
    /// <param name="data">The values of the call.</param>
    /// <param name="body">The body with the recordings of the call.</param>
    /// <exception cref="RequestException">The server is full. Errors of the call itself are reported in the session.</exception>
    public async Task<GradioEvent> TakeAsync(string? hash, JsonElement data, GradioBody body)
    {
        var taken = new GradioEvent();
        var session = Open(hash ?? taken.Id, taken, body);
        var starting = predictor.StartAsync(data, body, taken.Cancellation);
        await ThrowIfRefusedAsync(taken, starting);
        _ = RunAsync(session, taken, starting);
        return taken;
    }

    /// <summary>Adds the event to a session. This precedes the recognition, which does not start without a session.</summary>
    private GradioSession Open(string hash, GradioEvent taken, GradioBody body)
    {
        var open = false;
        try
        {
            var session = sessions.Add(hash, taken);
            open = true;
            return session;
        }
        finally
        {
            if (!open)
                body.Release();
        }
    }

    /// <summary>
    /// Throws if the queue is full. The wait is short, because the start may fetch a URL for a long time, but clients wait only
    /// seconds.
    /// </summary>
    private async Task ThrowIfRefusedAsync(GradioEvent taken, Task<RecognitionJob> starting)
    {
        await ((Task)starting).WaitAsync(Patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsFaulted && starting.Exception.InnerException is RequestException { Status: 429 or 503 } busy)
        {
            sessions.Remove(taken);
            throw busy;
        }
    }

    private async Task RunAsync(GradioSession session, GradioEvent running, Task<RecognitionJob> starting)
    {
        var started = time.GetTimestamp();
        PredictionOutcome outcome;
        try
        {
            session.Post(Estimation(running, rank: 0));
            var job = await starting;
            await using (running.Cancellation.Register(job.Cancel))
                await ReportAsync(session, running, job);
            outcome = PredictionOutcome.Of(job, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (running.Cancellation.IsCancellationRequested)
        {
            outcome = new(null, null, time.GetElapsedTime(started));
        }
        catch (Exception e)
        {
            var known = ProblemAnswers.Known(e);
            if (known.Code == "server.unexpected")
                Log.Unexpected(logger, e);
            session.Post(Starts(running));
            outcome = new(null, known, time.GetElapsedTime(started));
        }
        session.Finish(running, outcome);
    }

    private async Task ReportAsync(GradioSession session, GradioEvent running, RecognitionJob job)
    {
        var (rank, percent, starts) = (0, 0, false);
        await foreach (var now in job.WatchAsync())
        {
            if (now.QueuePosition - 1 is { } place && place != rank)
                session.Post(Estimation(running, rank = place));
            if (!starts && now.State != RecognitionState.Queued && now.State != RecognitionState.Cancelled)
            {
                session.Post(Starts(running));
                starts = true;
            }
            if (starts && !now.Document.IsFinal && now.Progress is { } share && (int)(share * 100) > percent)
            {
                percent = (int)(share * 100);
                session.Post(Progress(running, share), progress: running);
            }
        }
    }

    private string Estimation(GradioEvent about, int rank) => new JsonObject
    {
        ["msg"] = "estimation",
        ["event_id"] = about.Id,
        ["rank"] = rank,
        ["queue_size"] = Math.Max(rank + 1, queue.Waiting),
        ["rank_eta"] = null,
    }.ToJsonString();

    private static string Starts(GradioEvent about) =>
        new JsonObject { ["msg"] = "process_starts", ["event_id"] = about.Id, ["eta"] = null }.ToJsonString();

    private static string Progress(GradioEvent about, double share) => new JsonObject
    {
        ["msg"] = "progress",
        ["event_id"] = about.Id,
        ["progress_data"] = new JsonArray(new JsonObject
        {
            ["index"] = null,
            ["length"] = null,
            ["unit"] = "steps",
            ["progress"] = Math.Round(share, 4),
            ["desc"] = "识别中 / recognizing",
        }),
    }.ToJsonString();
}
