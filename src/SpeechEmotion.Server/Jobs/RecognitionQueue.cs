using SpeechEmotion.Errors;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// The queued and running recognitions: first in, first out, with limits on how many run at once and how many wait. The history
/// contains each recognition as soon as the queue accepts it. When the server stops, all of them may finish while the host waits; those
/// that do not, and those of a server that crashed, run after the next start. With a shared database, other programs may take the
/// recognitions that wait; the queue follows them until their end.
/// </summary>
public sealed class RecognitionQueue : BackgroundService
{
    /// <summary>How long a recording may not be visible yet that another program has accepted.</summary>
    private static readonly TimeSpan UploadDelay = TimeSpan.FromMinutes(2);

    private readonly WaitingList _waitingList;
    private readonly RecognitionLanes _lanes;
    private readonly RecognitionRunner _runner;
    private readonly RecognitionHistory _history;
    private readonly RecognitionLeases _leases;
    private readonly NoticeBoard _board;
    private readonly MessageBroker _broker;
    private readonly FollowedRecognitions _followed;
    private readonly RecognizerPool _recognizers;
    private readonly UploadStore _uploads;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;

    /// <summary>Creates an empty queue.</summary>
    public RecognitionQueue(
        WaitingList waitingList, RecognitionLanes lanes, RecognitionRunner runner, RecognitionHistory history, RecognitionLeases leases,
        FollowedRecognitions followed, NoticeBoard board, MessageBroker broker, RecognizerPool recognizers, UploadStore uploads,
        TimeProvider time, IHostApplicationLifetime lifetime, JobMetrics metrics)
    {
        (_waitingList, _lanes, _runner, _history, _leases) = (waitingList, lanes, runner, history, leases);
        (_followed, _board, _broker, _recognizers, _uploads) = (followed, board, broker, recognizers, uploads);
        (_time, _lifetime) = (time, lifetime);
        metrics.Watch(this);
    }

    /// <summary>Maximum number of queued recognitions.</summary>
    public int Capacity => _waitingList.Capacity;

    /// <summary>Maximum number of concurrent recognitions.</summary>
    public int Workers => _lanes.Count;

    /// <summary>Current number of queued recognitions.</summary>
    public int Waiting => _waitingList.Waiting;

    /// <summary>Current number of running recognitions.</summary>
    public int Running => _waitingList.Running;

    /// <summary>Identifiers of the queued recognitions.</summary>
    internal IReadOnlyCollection<string> WaitingIds => _waitingList.WaitingIds;

    /// <summary>Refuses a request early, before the client sends the recording. <see cref="EnqueueAsync"/> checks again.</summary>
    /// <exception cref="RequestException"><c>queue.full</c> or <c>server.stopping</c>.</exception>
    public void RequireRoom()
    {
        if (_lifetime.ApplicationStopping.IsCancellationRequested)
            throw RequestErrors.Stopping();
        _waitingList.RequireRoom();
    }

    /// <summary>Accepts a recognition. From this call on, the queue owns its recording, also if it refuses the request.</summary>
    /// <exception cref="RequestException">
    /// <c>queue.full</c>, <c>server.stopping</c> or <c>model.not_found</c>; a code that starts with <c>files.</c>: the recording cannot be
    /// stored.
    /// </exception>
    /// <exception cref="OutputException">The history is not writable.</exception>
    public async Task<RecognitionJob> EnqueueAsync(RecognitionRequest request, CancellationToken ct = default)
    {
        request = await ShareAsync(request, ct);
        var isOpen = IsOpen(request);
        // Others may have another default model.
        var named = _board.IsShared ? request with { Model = request.Model ?? _recognizers.Identity?.Id } : request;
        var job = new RecognitionJob(named, _time);
        var (taken, mayBeStored) = (false, false);
        try
        {
            _waitingList.Admit(job);
            _runner.Announce(job);
            // The caller cannot cancel this: a recognition in the history must also be in the queue.
            await _history.AddAsync(job.Current.Document, request.Idempotency, isOpen, CancellationToken.None);
            taken = true;
        }
        catch (RequestException failure) when (HistoryErrors.IsUncertain(failure))
        {
            // If the database does not answer here either, and the recognition is stored, the next start continues it, or with a shared
            // database the next exchange.
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
        _lanes.Start(job);
        if (isOpen)
            Post(job.Id);
        return job;
    }

    /// <summary>
    /// Returns a queued or running recognition of this program, or one that it follows; otherwise null. A finished recognition is in the
    /// history.
    /// </summary>
    public RecognitionJob? Find(string id) => _waitingList.Find(id) ?? _followed.Find(id);

    /// <summary>Returns a queued or running recognition, also one that another program has; null if it has finished.</summary>
    /// <exception cref="RequestException"><c>recognition.not_found</c>.</exception>
    public async Task<RecognitionJob?> FindAsync(string id, CancellationToken ct)
    {
        if (Find(id) is { } job)
            return job;
        var document = await _history.FindAsync(id, ct) ?? throw RequestErrors.Unknown(id);
        return document.IsFinal ? null : Find(id) ?? _followed.Follow(document);
    }

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

    /// <summary>Cancels recognitions, whichever programs have them, so that none starts when another one is cancelled.</summary>
    public async Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        foreach (var id in ids)
            Find(id)?.Cancel();
        if (!_board.IsShared)
            return;
        await _leases.CancelAsync(ids, ct);
        Post("");
    }

    /// <summary>Cancels a recognition if it has not finished, and deletes it with its files.</summary>
    /// <exception cref="RequestException"><c>recognition.not_found</c>.</exception>
    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        var job = await FindAsync(id, ct);
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
        await ContinueAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Kestrel has already stopped, so no requests arrive. The remaining recognitions may finish until the host's timeout.
        var remaining = _waitingList.Close();
        using (cancellationToken.Register(_lanes.Abandon))
            await Task.WhenAll(remaining.Select(job => job.Completion));
        await _lanes.RecordDeferredAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _lanes.RunAsync(stoppingToken);

    /// <summary>Queues the recognitions that an earlier run of the server accepted but did not finish.</summary>
    private async Task ContinueAsync(CancellationToken ct)
    {
        foreach (var document in await _leases.ListOwnAsync(ct))
            await ContinueAsync(document, ct);
        await _uploads.DeleteExceptAsync(await _leases.ListUploadsAsync(ct), ct);
    }

    /// <summary>Whether this program processes a recognition.</summary>
    internal bool Has(string id) => _waitingList.Find(id) is not null;

    /// <summary>Whether this program can process a recognition of another one now.</summary>
    internal bool CanProcess(RecognitionDocument document) =>
        (document.RequestedModel is not { } model || _recognizers.Knows(model))
        // A network drive may show a new file a little later.
        && (_uploads.Has(document.Upload) || _time.GetUtcNow() - document.Created >= UploadDelay);

    /// <summary>
    /// Continues or cancels a recognition that this program holds and that is not in the queue: the answer to the commit that stored it was
    /// lost, or a client cancelled it while it waited.
    /// </summary>
    /// <returns>False if this program cannot process it now.</returns>
    internal async Task<bool> ContinueLostAsync(string id, bool isCancelled, CancellationToken ct)
    {
        if (await _history.FindAsync(id, ct) is not { IsFinal: false } document || Has(id))
            return true;
        if (!isCancelled && !CanProcess(document))
            return false;
        if (isCancelled)
        {
            var cancelled = document with { State = RecognitionState.Cancelled, Completed = _time.GetLocalNow() };
            if (await _history.SaveAsync(cancelled, null, ct))
                _uploads.Find(document.Upload, document.FileName, document.Size)?.Release();
            Post(id);
        }
        else
        {
            // Another program may be able to process what this one could not.
            await ContinueAsync(document, ct, isTaken: true);
        }
        return true;
    }

    /// <summary>How far the running recognitions are, of those whose length is known.</summary>
    internal IReadOnlyDictionary<string, double> ListProgress() => _waitingList.All().Select(job => job.Current)
        .Where(now => now is { State: RecognitionState.Running, Progress: not null })
        .ToDictionary(now => now.Document.Id, now => now.Progress!.Value);

    /// <summary>Queues a recognition that is in the history but not in the queue; one that cannot be continued fails.</summary>
    /// <param name="document">The recognition.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <param name="isTaken">Whether it was taken from another program.</param>
    internal async Task ContinueAsync(RecognitionDocument document, CancellationToken ct, bool isTaken = false)
    {
        // One that was accepted here is about to be queued, or is queued.
        if (Has(document.Id))
            return;
        var recording = _uploads.Find(document.Upload, document.FileName, document.Size);
        var error = recording is null ? RequestErrors.Interrupted()
            : document.Attempts >= RecognitionLanes.MostAttempts ? RequestErrors.Crashed()
            : null;
        if (error is not null)
        {
            if (!await _history.SaveAsync(document.With(error) with { Completed = _time.GetLocalNow() }, null, ct))
            {
                recording?.Leave();
                return;
            }
            recording?.Release();
            if (error.Code == RequestErrors.CrashedCode)
                await _broker.ReportAsync(new(error.Code, document.Id, null, null), ct);
            return;
        }
        var job = new RecognitionJob(document, recording!, _time) { IsTaken = isTaken };
        _waitingList.Readmit(job);
        _lanes.Start(job);
    }

    /// <summary>Lets other programs find the recording of a request, before they see the request in the database.</summary>
    private async Task<RecognitionRequest> ShareAsync(RecognitionRequest request, CancellationToken ct)
    {
        var isShared = false;
        try
        {
            ct.ThrowIfCancellationRequested();
            if (request.Model is { } model && !_recognizers.Knows(model))
                throw RequestErrors.NoModel(model);
            RequireRoom();
            var recording = await _uploads.ShareAsync(request.Recording, ct);
            isShared = true;
            return request with { Recording = recording };
        }
        finally
        {
            if (!isShared)
                request.Recording.Release();
        }
    }

    /// <summary>
    /// Whether other programs may process a recognition: this one would let it wait, and does not need the recording later.
    /// </summary>
    private bool IsOpen(RecognitionRequest request) => _board.IsShared && request.Recording.Temporary && !_lanes.IsAnyFree
        && (request.Model is not null || _recognizers.Identity is not null);

    /// <summary>Lets the other programs look at a recognition.</summary>
    private void Post(string id) => _ = _board.PostAsync(new Notice(NoticeKind.Recognition, id));

    /// <param name="job">The recognition.</param>
    /// <param name="mayBeStored">Whether the history may have it: then its recording stays, and the next start needs or deletes it.</param>
    private void Reject(RecognitionJob job, bool mayBeStored)
    {
        if (mayBeStored)
            job.Request.Recording.Leave();
        else
            job.Request.Recording.Release();
        _waitingList.Refuse(job);
        // A stop of the server may already be waiting for this job.
        job.Finish(job.Current.Document with { State = RecognitionState.Failed }, null, recorded: false);
    }
}
