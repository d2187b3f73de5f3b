using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// The queued and running recognitions: first in, first out, with limits on how many run at once and how many wait. The history
/// contains each recognition as soon as the queue accepts it. When the server stops, all of them may finish while the host waits; those
/// that do not, and those of a server that crashed, run after the next start.
/// </summary>
public sealed class RecognitionQueue : BackgroundService
{
    /// <summary>A recognition that was running in this many crashes of the server fails.</summary>
    private const int MostAttempts = 3;

    private readonly WaitingList _waitingList;
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly CancellationTokenSource _abandon = new();
    private readonly RecognitionRunner _runner;
    private readonly RecognitionHistory _history;
    private readonly RecognizerPool _recognizers;
    private readonly UploadStore _uploads;
    private readonly InferenceTurns _turns;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly JobMetrics _metrics;

    /// <summary>Creates an empty queue.</summary>
    public RecognitionQueue(
        RecognitionRunner runner, RecognitionHistory history, RecognizerPool recognizers, UploadStore uploads, InferenceTurns turns,
        IOptions<ServerOptions> options, TimeProvider time, IHostApplicationLifetime lifetime, JobMetrics metrics)
    {
        (_runner, _history, _recognizers, _uploads, _turns) = (runner, history, recognizers, uploads, turns);
        (_time, _lifetime, _metrics) = (time, lifetime, metrics);
        Capacity = options.Value.Queue;
        Workers = options.Value.Workers > 0 ? options.Value.Workers : Environment.ProcessorCount + 1;
        _waitingList = new(Capacity);
        metrics.Watch(this);
    }

    /// <summary>Maximum number of queued recognitions.</summary>
    public int Capacity { get; }

    /// <summary>Maximum number of concurrent recognitions.</summary>
    public int Workers { get; }

    /// <summary>Current number of queued recognitions.</summary>
    public int Waiting => _waitingList.Waiting;

    /// <summary>Current number of running recognitions.</summary>
    public int Running => _waitingList.Running;

    /// <summary>Refuses a request early, before the client sends the recording. <see cref="EnqueueAsync"/> checks again.</summary>
    /// <exception cref="RequestException"><c>queue.full</c> or <c>server.stopping</c>.</exception>
    public void RequireRoom()
    {
        if (_lifetime.ApplicationStopping.IsCancellationRequested)
            throw RequestErrors.Stopping();
        _waitingList.RequireRoom();
    }

    /// <summary>Accepts a recognition. From this call on, the queue owns its recording, also if it refuses the request.</summary>
    /// <exception cref="RequestException"><c>queue.full</c>, <c>server.stopping</c> or <c>model.not_found</c>.</exception>
    /// <exception cref="OutputException">The history is not writable.</exception>
    public async Task<RecognitionJob> EnqueueAsync(RecognitionRequest request, CancellationToken ct = default)
    {
        var job = new RecognitionJob(request, _time);
        var (taken, mayBeStored) = (false, false);
        try
        {
            ct.ThrowIfCancellationRequested();
            if (request.Model is { } model && !_recognizers.Knows(model))
                throw RequestErrors.NoModel(model);
            RequireRoom();
            _waitingList.Admit(job);
            _runner.Announce(job);
            // The caller cannot cancel this: a recognition in the history must also be in the queue.
            await _history.AddAsync(job.Current.Document, request.Idempotency, CancellationToken.None);
            taken = true;
        }
        catch (RequestException failure) when (HistoryErrors.IsUncertain(failure))
        {
            // If the database does not answer here either, the next start continues the recognition.
            mayBeStored = true;
            mayBeStored = taken = await _history.FindAsync(job.Id, CancellationToken.None) is not null;
            if (!taken)
                throw;
        }
        finally
        {
            if (!taken)
                Reject(job, mayBeStored);
        }
        _waitingList.Add(job);
        Start(job);
        return job;
    }

    /// <summary>Returns a queued or running recognition, or null; a finished recognition is in the history.</summary>
    public RecognitionJob? Find(string id) => _waitingList.Find(id);

    /// <summary>Returns a queued, running or finished recognition.</summary>
    /// <exception cref="RequestException"><c>recognition.not_found</c>.</exception>
    public async Task<JobSnapshot> GetAsync(string id, CancellationToken ct) =>
        Find(id)?.Current ?? new(await _history.FindAsync(id, ct) ?? throw RequestErrors.Unknown(id), null, null);

    /// <summary>
    /// Cancels a recognition whose client has disconnected. Does nothing while the server stops, because that also breaks connections:
    /// the recognition then runs as long as the host waits.
    /// </summary>
    public void GiveUp(RecognitionJob job)
    {
        if (!_lifetime.ApplicationStopping.IsCancellationRequested)
            job.Cancel();
    }

    /// <summary>Cancels a recognition if it has not finished, and deletes it with its files.</summary>
    /// <exception cref="RequestException"><c>recognition.not_found</c>.</exception>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        var job = Find(id);
        if (job is not null)
        {
            job.Cancel();
            await job.Completion.WaitAsync(ct);
        }
        await _history.DeleteAsync((job?.Current ?? await GetAsync(id, ct)).Document, ct);
        if (job is not null)
            _waitingList.Remove(job);
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // The history opens before Kestrel listens, so every request finds it ready.
        await _history.OpenAsync(cancellationToken);
        await ContinueAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Kestrel has already stopped, so no requests arrive. The remaining recognitions may finish until the host's timeout.
        var remaining = _waitingList.Close();
        using (cancellationToken.Register(Abandon))
            await Task.WhenAll(remaining.Select(job => job.Completion));
        await RecordDeferredAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // A host that is disposed without a stop must not leave inferences running.
        Abandon();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        InferenceThreads.Reserve(Workers);
        return Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None)));
    }

    /// <summary>Queues the recognitions that an earlier run of the server accepted but did not finish.</summary>
    private async Task ContinueAsync(CancellationToken ct)
    {
        HashSet<string> needed = [];
        foreach (var document in await _history.ListUnfinishedAsync(ct))
        {
            if (await ContinueAsync(document, ct) is not null)
                needed.Add(document.Upload!);
        }
        _uploads.DeleteExcept(needed);
    }

    /// <summary>Queues a recognition that is in the history but not in the queue.</summary>
    /// <returns>Null if it could not be continued; it has failed then.</returns>
    internal async Task<RecognitionJob?> ContinueAsync(RecognitionDocument document, CancellationToken ct)
    {
        var recording = _uploads.Find(document.Upload, document.FileName);
        var error = recording is null ? RequestErrors.Interrupted()
            : document.Attempts >= MostAttempts ? RequestErrors.Crashed()
            : null;
        if (error is not null)
        {
            await _history.SaveAsync(document.With(error) with { Completed = _time.GetLocalNow() }, null, ct);
            recording?.Release();
            return null;
        }
        var job = new RecognitionJob(document, recording!, _time);
        _waitingList.Readmit(job);
        Start(job);
        return job;
    }

    private void Start(RecognitionJob job)
    {
        job.Cancellation.Register(() => _ = LeaveQueueAsync(job));
        if (_abandon.IsCancellationRequested)
            SuspendQueued();
        else
            _arrivals.Release();
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await _recognizers.SettledAsync(stopping);
            while (true)
            {
                await _arrivals.WaitAsync(stopping);
                if (_waitingList.TakeFirst() is { } job)
                    await RunAsync(job);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task RunAsync(RecognitionJob job)
    {
        using var turn = _turns.BeginSingle();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(job.Cancellation, _abandon.Token);
        job.Update(now => now with
        {
            Document = now.Document with { State = RecognitionState.Running, Attempts = now.Document.Attempts + 1 },
            QueuePosition = null,
        });
        await _runner.RecordAsync(job.Current.Document);
        var started = _time.GetTimestamp();
        SpeechEmotionException? error = null;
        RecognitionDocument document;
        try
        {
            var saved = await _runner.RunAsync(job, stop.Token);
            job.Timeline = saved.Recognition.Timeline;
            document = job.Current.Document.With(saved.Recognition, Path.GetFileName(saved.Folder));
        }
        catch (OperationCanceledException) when (job.Cancellation.IsCancellationRequested)
        {
            document = job.Current.Document with { State = RecognitionState.Cancelled };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await SuspendAsync(job, wasRunning: true);
            return;
        }
        catch (Exception e)
        {
            error = ProblemAnswers.Known(e);
            document = job.Current.Document.With(error);
            _runner.Report(job, error, e);
        }
        await FinishAsync(job, document, error, _time.GetElapsedTime(started));
    }

    /// <summary>
    /// Removes a cancelled recognition from the queue, which frees its place. <see cref="RunAsync"/> stops a running one.
    /// </summary>
    private Task LeaveQueueAsync(RecognitionJob job) => _waitingList.Leave(job)
        ? FinishAsync(job, job.Current.Document with { State = RecognitionState.Cancelled }, null, TimeSpan.Zero)
        : Task.CompletedTask;

    /// <summary>
    /// Ends a recognition that the stop of the server interrupts: for its callers, not in the history, from which the next start
    /// continues it. A stop is no crash.
    /// </summary>
    private async Task SuspendAsync(RecognitionJob job, bool wasRunning)
    {
        var document = job.Current.Document;
        if (wasRunning)
            await _runner.RecordAsync(document with { State = RecognitionState.Queued, Attempts = document.Attempts - 1 });
        _waitingList.EndRunning(job);
        _waitingList.Remove(job);
        var error = RequestErrors.Suspended(job.Id);
        job.Finish(document.With(error), error, recorded: false);
    }

    /// <summary>
    /// Sets the final state. Never throws, because callers wait for that state. If the history cannot store it yet, the job stays in
    /// the list, and <see cref="RecordDeferredAsync"/> tries again.
    /// </summary>
    private async Task FinishAsync(RecognitionJob job, RecognitionDocument document, SpeechEmotionException? error, TimeSpan took)
    {
        document = document with { Completed = _time.GetLocalNow(), Log = job.Current.Document.Log };
        _metrics.Count(document, took);
        var recorded = await RecordAsync(job, document);
        if (_waitingList.EndRunning(job))
            _arrivals.Release();
        job.Finish(document, error, recorded);
        if (recorded)
            await RecordDeferredAsync();
    }

    /// <summary>Stores the final state, and only then deletes the recording: a crash in between must not lose it.</summary>
    /// <returns>False if the history could not be written.</returns>
    private async Task<bool> RecordAsync(RecognitionJob job, RecognitionDocument document)
    {
        if (!await _runner.RecordAsync(document, job.Timeline))
            return false;
        job.Request.Recording.Release();
        _waitingList.Remove(job);
        return true;
    }

    /// <summary>Stores final states that the history could not store earlier, for example because the disk was full.</summary>
    private async Task RecordDeferredAsync()
    {
        foreach (var job in _waitingList.All().Where(job => job.Completion.IsCompleted))
        {
            if (!await RecordAsync(job, job.Current.Document))
                return;
        }
    }

    /// <param name="job">The recognition.</param>
    /// <param name="mayBeStored">Whether the history may have it: then the next start needs its recording, or deletes it.</param>
    private void Reject(RecognitionJob job, bool mayBeStored)
    {
        if (!mayBeStored)
            job.Request.Recording.Release();
        _waitingList.Refuse(job);
        // A stop of the server may already be waiting for this job.
        job.Finish(job.Current.Document with { State = RecognitionState.Failed }, null, recorded: false);
    }

    private void Abandon()
    {
        _abandon.Cancel();
        SuspendQueued();
    }

    private void SuspendQueued()
    {
        foreach (var job in _waitingList.TakeAll())
            _ = SuspendAsync(job, wasRunning: false);
    }
}
