using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Errors;
using SpeechEmotion.Server.History;
using SpeechEmotion.Server.Ops;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>
/// All recognitions that wait or run: first come, first served, so many at once, and no more waiting than allowed. Each is
/// in the history from the moment it is taken. A stop of the server lets all of them finish, as long as the host waits.
/// </summary>
public sealed class RecognitionQueue : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly List<RecognitionJob> _waiting = [];
    private int _admitted; // Not in the history yet, so not in line yet.
    private readonly Dictionary<string, RecognitionJob> _active = [];
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly CancellationTokenSource _abandon = new();
    private readonly RecognitionRun _run;
    private readonly RecognitionHistory _history;
    private readonly RecognizerPool _recognizers;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ServerMetrics _metrics;

    /// <summary>An empty queue.</summary>
    public RecognitionQueue(
        RecognitionRun run, RecognitionHistory history, RecognizerPool recognizers, IOptions<ServerOptions> options, TimeProvider time,
        IHostApplicationLifetime lifetime, ServerMetrics metrics)
    {
        (_run, _history, _recognizers, _time, _lifetime, _metrics) = (run, history, recognizers, time, lifetime, metrics);
        Capacity = options.Value.Queue;
        Workers = options.Value.Workers > 0 ? options.Value.Workers : Environment.ProcessorCount;
        metrics.Watch(this);
    }

    /// <summary>How many may wait.</summary>
    public int Capacity { get; }

    /// <summary>How many run at once.</summary>
    public int Workers { get; }

    /// <summary>How many wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>How many run now.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
                return _active.Count - _waiting.Count - _admitted;
        }
    }

    /// <summary>Takes a recognition. From here on the queue owns its recording.</summary>
    /// <exception cref="RequestException"><c>queue.full</c> or <c>server.stopping</c>.</exception>
    public async Task<RecognitionJob> EnqueueAsync(RecognitionRequest request, CancellationToken ct = default)
    {
        var job = new RecognitionJob(request, _time);
        var taken = false;
        try
        {
            Admit(job);
            _run.Announce(job);
            await _history.SaveAsync(job.Current.Record, ct);
            taken = true;
        }
        finally
        {
            if (!taken)
                Refuse(job);
        }
        Line(job);
        job.Cancellation.Register(() => _ = LeaveAsync(job));
        _arrivals.Release();
        return job;
    }

    /// <summary>The recognition of that name if it waits or runs; one that has ended is in the history.</summary>
    public RecognitionJob? Find(string id)
    {
        lock (_gate)
            return _active.GetValueOrDefault(id);
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
        RecognitionJob[] left;
        lock (_gate)
            left = [.. _active.Values];
        using var impatience = cancellationToken.Register(Abandon);
        await Task.WhenAll(left.Select(job => job.Completion));
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _arrivals.Dispose();
        _abandon.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await _recognizers.SettledAsync(_abandon.Token);
            while (true)
            {
                await _arrivals.WaitAsync(stopping);
                if (TakeFirst() is { } job)
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
        job.Update(now => now with { Record = now.Record with { State = RecognitionState.Running }, QueuePosition = null });
        var started = _time.GetTimestamp();
        SpeechEmotionException? error = null;
        var record = job.Current.Record;
        try
        {
            var (recognition, folder) = await _run.RunAsync(job, stop.Token);
            record = job.Current.Record.With(recognition, folder);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            error = job.Cancellation.IsCancellationRequested ? null : RequestErrors.Interrupted();
            record = error is null ? job.Current.Record with { State = RecognitionState.Cancelled } : job.Current.Record.With(error);
        }
        catch (Exception e)
        {
            error = ProblemAnswers.Known(e);
            record = job.Current.Record.With(error);
            _run.Report(job, error, e);
        }
        _metrics.Count(record, _time.GetElapsedTime(started));
        await FinishAsync(job, record, error);
    }

    /// <summary>One that waits leaves the queue at once, and makes room; one that runs is ended by its run.</summary>
    private async Task LeaveAsync(RecognitionJob job)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(job))
                return;
            Renumber();
        }
        await FinishAsync(job, job.Current.Record with { State = RecognitionState.Cancelled }, null);
    }

    private async Task FinishAsync(RecognitionJob job, RecognitionRecord record, SpeechEmotionException? error)
    {
        job.Request.Recording.Release();
        record = record with { Completed = _time.GetLocalNow(), Log = job.Current.Record.Log };
        await _run.RecordAsync(record);
        job.Finish(record, error);
        lock (_gate)
            _active.Remove(job.Id);
    }

    private void Admit(RecognitionJob job)
    {
        lock (_gate)
        {
            if (_lifetime.ApplicationStopping.IsCancellationRequested)
                throw RequestErrors.Stopping();
            if (_waiting.Count + _admitted >= Capacity)
                throw RequestErrors.QueueFull(Capacity);
            _admitted++;
            _active.Add(job.Id, job);
        }
    }

    private void Refuse(RecognitionJob job)
    {
        job.Request.Recording.Release();
        lock (_gate)
        {
            if (_active.Remove(job.Id))
                _admitted--;
        }
    }

    private void Line(RecognitionJob job)
    {
        lock (_gate)
        {
            _admitted--;
            _waiting.Add(job);
            Renumber();
        }
    }

    /// <summary>Ends what runs, and tells those who wait that they wait in vain.</summary>
    private void Abandon()
    {
        _abandon.Cancel();
        while (TakeFirst() is { } job)
        {
            var error = RequestErrors.Interrupted();
            _ = FinishAsync(job, job.Current.Record.With(error), error);
        }
    }

    private RecognitionJob? TakeFirst()
    {
        lock (_gate)
        {
            if (_waiting is not [var first, ..])
                return null;
            _waiting.RemoveAt(0);
            Renumber();
            return first;
        }
    }

    private void Renumber()
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            var position = i + 1;
            if (_waiting[i].Current.QueuePosition != position)
                _waiting[i].Update(now => now with { QueuePosition = position });
        }
    }
}
