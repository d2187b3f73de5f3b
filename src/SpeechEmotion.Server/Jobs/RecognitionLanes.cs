using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// Processes the recognitions of the waiting list, several at once, and brings each to its end: finished, suspended by a stop, or left to
/// another program.
/// </summary>
public sealed class RecognitionLanes : IDisposable
{
    /// <summary>A recognition that was running in this many crashes of a program fails.</summary>
    internal const int MostAttempts = 3;

    /// <summary>How long a recognition waits for the store of recordings and results.</summary>
    private static readonly TimeSpan StoreWait = TimeSpan.FromDays(1);

    /// <summary>The longest time that a free lane waits for the store.</summary>
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly CancellationTokenSource _abandon = new();
    private readonly WaitingList _waitingList;
    private readonly RecognitionRunner _runner;
    private readonly NoticeBoard _board;
    private readonly FollowedRecognitions _followed;
    private readonly RecognizerPool _recognizers;
    private readonly InferenceTurns _turns;
    private readonly IFileStore _files;
    private readonly TimeProvider _time;
    private readonly JobMetrics _metrics;

    /// <summary>Creates idle lanes.</summary>
    public RecognitionLanes(
        WaitingList waitingList, RecognitionRunner runner, NoticeBoard board, FollowedRecognitions followed, RecognizerPool recognizers,
        InferenceTurns turns, IFileStore files, IOptions<ServerOptions> options, TimeProvider time, JobMetrics metrics)
    {
        (_waitingList, _runner, _board, _followed) = (waitingList, runner, board, followed);
        (_recognizers, _turns, _files, _time, _metrics) = (recognizers, turns, files, time, metrics);
        Count = options.Value.Workers > 0 ? options.Value.Workers : Environment.ProcessorCount + 1;
    }

    /// <summary>Maximum number of concurrent recognitions.</summary>
    public int Count { get; }

    /// <summary>Whether a recognition would begin at once.</summary>
    public bool IsAnyFree => _waitingList.Busy < Count;

    /// <summary>The recognitions that this program could not process, so that others must.</summary>
    internal ConcurrentQueue<string> LeftToOthers { get; } = new();

    /// <summary>Abandons all: a host that is disposed without a stop must not leave inferences running.</summary>
    public void Dispose() => Abandon();

    /// <summary>Processes recognitions until the program stops.</summary>
    internal Task RunAsync(CancellationToken stopping)
    {
        InferenceThreads.Reserve(Count);
        return Task.WhenAll(Enumerable.Range(0, Count).Select(_ => Task.Run(() => WorkAsync(stopping), CancellationToken.None)));
    }

    /// <summary>Starts a recognition of the waiting list as soon as a lane is free.</summary>
    internal void Start(RecognitionJob job)
    {
        job.Cancellation.Register(() => _ = LeaveQueueAsync(job));
        if (_abandon.IsCancellationRequested)
            SuspendQueued();
        else
            _arrivals.Release();
    }

    /// <summary>Follows a queued recognition that another program has taken.</summary>
    internal void Follow(string id)
    {
        if (_waitingList.Find(id) is not { } job || !_waitingList.Leave(job))
            return;
        _waitingList.EndRunning(job);
        Follow(job);
    }

    /// <summary>Stores final states that the history could not store earlier, for example because the disk was full.</summary>
    internal async Task RecordDeferredAsync()
    {
        foreach (var job in _waitingList.All().Where(job => job.Completion.IsCompleted))
        {
            if (await RecordAsync(job, job.Current.Document) == RecordOutcome.Failed)
                return;
        }
    }

    /// <summary>Stops the running recognitions, and suspends those that wait.</summary>
    internal void Abandon()
    {
        _abandon.Cancel();
        SuspendQueued();
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await _recognizers.SettledAsync(stopping);
            while (true)
            {
                await _arrivals.WaitAsync(stopping);
                await StoreAnswersAsync(stopping);
                if (_waitingList.TakeFirst() is { } job)
                    await RunAsync(job);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Waits a little while the store fails: a result that it does not accept would be computed in vain.</summary>
    private async Task StoreAnswersAsync(CancellationToken stopping)
    {
        for (var began = _time.GetTimestamp(); _files.IsFailing && _time.GetElapsedTime(began) < StorePause;)
            await Task.Delay(TimeSpan.FromSeconds(1), _time, stopping);
    }

    private async Task RunAsync(RecognitionJob job)
    {
        using var turn = _turns.BeginSingle();
        var queued = job.Current.Document;
        ServerTraces.AddWait(queued.Trace, queued.Created);
        using var span = ServerTraces.Continue("recognition", queued.Trace);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(job.Cancellation, _abandon.Token);
        job.Update(now => now with
        {
            Document = now.Document with { State = RecognitionState.Running, Attempts = now.Document.Attempts + 1 },
            QueuePosition = null,
        });
        if (await _runner.RecordAsync(job.Current.Document) == RecordOutcome.Lost && _board.IsShared)
        {
            if (_waitingList.EndRunning(job))
                _arrivals.Release();
            Follow(job);
            return;
        }
        Post(job.Id);
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
            if (IsOfStore(error, job))
            {
                await LeaveToOthersAsync(job, document.Attempts - 1);
                return;
            }
            if (job.IsTaken && IsOfMachine(error) && document.Attempts < MostAttempts)
            {
                // A model that this machine lacks is no crash.
                await LeaveToOthersAsync(job, IsOfModel(error) ? document.Attempts - 1 : document.Attempts);
                return;
            }
        }
        Describe(span, document, error);
        await FinishAsync(job, document, error, _time.GetElapsedTime(started));
    }

    /// <summary>Describes a recognition in its span, without the name of its file.</summary>
    private static void Describe(Activity? span, RecognitionDocument document, SpeechEmotionException? error)
    {
        span?.SetTag("ser.recognition.id", document.Id).SetTag("ser.state", document.State.ToString().ToLowerInvariant())
            .SetTag("ser.attempt", document.Attempts).SetTag("ser.audio.seconds", document.Duration)
            .SetTag("ser.emotion", document.Emotion?.Key())
            .SetTag("ser.model", document.Model?.Id).SetTag("ser.precision", document.Model?.Precision);
        if (error is not null)
            span?.Fail(error.Code);
    }

    /// <summary>Whether another machine may process a recording that this one cannot.</summary>
    private static bool IsOfMachine(SpeechEmotionException error) => !error.Code.StartsWith("audio.", StringComparison.Ordinal);

    /// <summary>
    /// Whether the store of recordings and results failed, or this machine has no room for a copy of the recording: the recognition waits,
    /// for at most a day.
    /// </summary>
    private bool IsOfStore(SpeechEmotionException error, RecognitionJob job) =>
        (FileErrors.IsOne(error) || (!job.Request.Recording.IsHere && IsOfDisk(error)))
        && _time.GetUtcNow() - job.Current.Document.Created < StoreWait;

    private static bool IsOfDisk(SpeechEmotionException error) =>
        error is OutputException || error.Code.StartsWith("disk.", StringComparison.Ordinal);

    private static bool IsOfModel(SpeechEmotionException error) =>
        error.Code.StartsWith("model.", StringComparison.Ordinal) && error.Code != "model.run_failed";

    /// <summary>Lets any program take a recognition that this one cannot finish now; this one takes it again after a while.</summary>
    private async Task LeaveToOthersAsync(RecognitionJob job, int attempts)
    {
        LeftToOthers.Enqueue(job.Id);
        await _runner.RecordAsync(job.Current.Document with { State = RecognitionState.Queued, Attempts = attempts });
        if (_waitingList.EndRunning(job))
            _arrivals.Release();
        Follow(job);
        Post(job.Id);
    }

    private void Follow(RecognitionJob job)
    {
        _waitingList.Remove(job);
        job.Request.Recording.Leave();
        _followed.Follow(job);
    }

    /// <summary>
    /// Removes a cancelled recognition from the queue, which frees its place. A running one is stopped by its token.
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
        else if (_board.IsShared)
            await _runner.RecordAsync(document);
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
        RecordOutcome outcome;
        using (ServerTraces.Part("record"))
        {
            outcome = await RecordAsync(job, document);
        }
        var recorded = outcome == RecordOutcome.Stored;
        if (_waitingList.EndRunning(job))
            _arrivals.Release();
        if (outcome == RecordOutcome.Lost && _board.IsShared)
        {
            Follow(job);
        }
        else
        {
            _metrics.Count(document, took);
            job.Finish(document, error, recorded);
        }
        Post(job.Id);
        if (recorded)
            await RecordDeferredAsync();
    }

    /// <summary>Stores the final state, and only then deletes the recording: a crash in between must not lose it.</summary>
    private async Task<RecordOutcome> RecordAsync(RecognitionJob job, RecognitionDocument document)
    {
        var outcome = await _runner.RecordAsync(document, job.Timeline);
        if (outcome == RecordOutcome.Failed)
            return outcome;
        if (outcome == RecordOutcome.Stored || !_board.IsShared)
            job.Request.Recording.Release();
        else
            job.Request.Recording.Leave();
        _waitingList.Remove(job);
        return outcome;
    }

    private void SuspendQueued()
    {
        foreach (var job in _waitingList.TakeAll())
            _ = SuspendAsync(job, wasRunning: false);
    }

    /// <summary>Lets the other programs look at a recognition.</summary>
    private void Post(string id) => _ = _board.PostAsync(new Notice(NoticeKind.Recognition, id));
}
