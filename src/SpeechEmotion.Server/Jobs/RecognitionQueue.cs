using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// All recognitions that wait or run: first come, first served, so many at once, and no more waiting than allowed. Each is
/// in the history from the moment it is taken. A stop of the server lets all of them finish, as long as the host waits.
/// </summary>
public sealed class RecognitionQueue : BackgroundService
{
    private readonly WaitingList _line;
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly CancellationTokenSource _abandon = new();
    private readonly RecognitionRunner _run;
    private readonly RecognitionHistory _history;
    private readonly RecognizerPool _recognizers;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly JobMetrics _metrics;

    /// <summary>An empty queue.</summary>
    public RecognitionQueue(
        RecognitionRunner run, RecognitionHistory history, RecognizerPool recognizers, IOptions<ServerOptions> options, TimeProvider time,
        IHostApplicationLifetime lifetime, JobMetrics metrics)
    {
        (_run, _history, _recognizers, _time, _lifetime, _metrics) = (run, history, recognizers, time, lifetime, metrics);
        Capacity = options.Value.Queue;
        Workers = options.Value.Workers > 0 ? options.Value.Workers : Environment.ProcessorCount + 1;
        _line = new(Capacity);
        metrics.Watch(this);
    }

    /// <summary>How many may wait.</summary>
    public int Capacity { get; }

    /// <summary>How many run at once.</summary>
    public int Workers { get; }

    /// <summary>How many wait now.</summary>
    public int Waiting => _line.Waiting;

    /// <summary>How many run now.</summary>
    public int Running => _line.Running;

    /// <summary>Refuses one that would be refused anyway, before its recording is sent; whether there is room then is seen then.</summary>
    /// <exception cref="RequestException"><c>queue.full</c> or <c>server.stopping</c>.</exception>
    public void RequireRoom()
    {
        if (_lifetime.ApplicationStopping.IsCancellationRequested)
            throw RequestErrors.Stopping();
        _line.RequireRoom();
    }

    /// <summary>Takes a recognition. From here on the queue owns its recording.</summary>
    /// <exception cref="RequestException"><c>queue.full</c>, <c>server.stopping</c> or <c>model.not_found</c>.</exception>
    /// <exception cref="OutputException">The history cannot be written.</exception>
    public async Task<RecognitionJob> EnqueueAsync(RecognitionRequest request, CancellationToken ct = default)
    {
        var job = new RecognitionJob(request, _time);
        var taken = false;
        try
        {
            ct.ThrowIfCancellationRequested();
            if (request.Model is { } model && !_recognizers.Knows(model))
                throw RequestErrors.NoModel(model);
            RequireRoom();
            _line.Admit(job);
            _run.Announce(job);
            // Not ended by its caller: what is in the history must also be in the line.
            await _history.AddAsync(job.Current.Document, request.Idempotency, CancellationToken.None);
            taken = true;
        }
        finally
        {
            if (!taken)
                Refuse(job);
        }
        _line.Add(job);
        job.Cancellation.Register(() => _ = LeaveAsync(job));
        if (_abandon.IsCancellationRequested)
            EndWaiting();
        else
            _arrivals.Release();
        return job;
    }

    /// <summary>The recognition of that name if it waits or runs; one that has ended is in the history.</summary>
    public RecognitionJob? Find(string id) => _line.Find(id);

    /// <summary>A recognition, whether it waits, runs or has ended.</summary>
    /// <exception cref="RequestException"><c>recognition.not_found</c>.</exception>
    public async Task<JobSnapshot> GetAsync(string id, CancellationToken ct) =>
        Find(id)?.Current ?? new(await _history.FindAsync(id, ct) ?? throw RequestErrors.Unknown(id), null, null);

    /// <summary>
    /// Ends a recognition whose client has gone away. A stopping server breaks connections too, and that is no reason: then it
    /// runs as long as the host waits.
    /// </summary>
    public void GiveUp(RecognitionJob job)
    {
        if (!_lifetime.ApplicationStopping.IsCancellationRequested)
            job.Cancel();
    }

    /// <summary>Ends a recognition if it has not ended, and removes it with its files.</summary>
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
            _line.Forget(job);
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before Kestrel listens: whoever asks for the history finds it.
        await _history.OpenAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Kestrel has stopped before: nothing more arrives. What is here may finish until the host loses its patience.
        var left = _line.Close();
        using (cancellationToken.Register(Abandon))
            await Task.WhenAll(left.Select(job => job.Completion));
        await RecordLateAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // A host that is disposed without being stopped must not leave inferences behind.
        Abandon();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        InferenceThreads.Reserve(Workers);
        return Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None)));
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await _recognizers.SettledAsync(stopping);
            while (true)
            {
                await _arrivals.WaitAsync(stopping);
                if (_line.TakeFirst() is { } job)
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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(job.Cancellation, _abandon.Token);
        job.Update(now => now with { Document = now.Document with { State = RecognitionState.Running }, QueuePosition = null });
        await _run.RecordAsync(job.Current.Document);
        var started = _time.GetTimestamp();
        SpeechEmotionException? error = null;
        RecognitionDocument record;
        Timeline? timeline = null;
        try
        {
            var saved = await _run.RunAsync(job, stop.Token);
            timeline = saved.Recognition.Timeline;
            record = job.Current.Document.With(saved.Recognition, Path.GetFileName(saved.Folder));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            error = job.Cancellation.IsCancellationRequested ? null : RequestErrors.Interrupted();
            record = error is null ? job.Current.Document with { State = RecognitionState.Cancelled } : job.Current.Document.With(error);
        }
        catch (Exception e)
        {
            error = ProblemAnswers.Known(e);
            record = job.Current.Document.With(error);
            _run.Report(job, error, e);
        }
        await FinishAsync(job, record, error, _time.GetElapsedTime(started), timeline);
    }

    /// <summary>One that waits leaves the queue at once, and makes room; one that runs is ended by its run.</summary>
    private Task LeaveAsync(RecognitionJob job) => _line.Leave(job)
        ? FinishAsync(job, job.Current.Document with { State = RecognitionState.Cancelled }, null, TimeSpan.Zero)
        : Task.CompletedTask;

    /// <summary>Never fails: whoever waits for the end must see it. One whose end cannot be recorded yet stays here.</summary>
    private async Task FinishAsync(RecognitionJob job, RecognitionDocument record, SpeechEmotionException? error, TimeSpan took, Timeline? timeline = null)
    {
        job.Request.Recording.Release();
        record = record with { Completed = _time.GetLocalNow(), Log = job.Current.Document.Log };
        _metrics.Count(record, took);
        var recorded = await _run.RecordAsync(record, timeline);
        _line.End();
        if (recorded)
            _line.Forget(job);
        job.Finish(record, error, recorded);
        if (recorded)
            await RecordLateAsync();
    }

    /// <summary>Records the ends that could not be recorded when they came, for want of space on the disk.</summary>
    private async Task RecordLateAsync()
    {
        foreach (var job in _line.All().Where(job => job.Completion.IsCompleted))
        {
            if (!await _run.RecordAsync(job.Current.Document))
                return;
            _line.Forget(job);
        }
    }

    private void Refuse(RecognitionJob job)
    {
        job.Request.Recording.Release();
        _line.Refuse(job);
        // A stop of the server may wait for it already.
        job.Finish(job.Current.Document with { State = RecognitionState.Failed }, null, recorded: false);
    }

    private void Abandon()
    {
        _abandon.Cancel();
        EndWaiting();
    }

    /// <summary>Tells those who wait that they wait in vain.</summary>
    private void EndWaiting()
    {
        while (_line.TakeFirst() is { } job)
        {
            var error = RequestErrors.Interrupted();
            _ = FinishAsync(job, job.Current.Document.With(error), error, TimeSpan.Zero);
        }
    }
}
