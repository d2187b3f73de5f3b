using System.Collections.Concurrent;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// The recognitions that callers of this program watch while another program has them. <see cref="SharedRecognitions"/> reads their states
/// from the database.
/// </summary>
public sealed class FollowedRecognitions : IDisposable
{
    private readonly RecognitionHistory _history;
    private readonly RecognitionLeases _leases;
    private readonly NoticeBoard _board;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, RecognitionJob> _jobs = [];
    private volatile bool _isEnded;

    /// <summary>Begins to receive notices.</summary>
    public FollowedRecognitions(RecognitionHistory history, RecognitionLeases leases, NoticeBoard board, TimeProvider time)
    {
        (_history, _leases, _board, _time) = (history, leases, board, time);
        _board.Posted += Receive;
    }

    /// <summary>Whether this program follows none.</summary>
    internal bool IsEmpty => _jobs.IsEmpty;

    /// <summary>Returns a followed recognition, or null.</summary>
    public RecognitionJob? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>Follows a recognition, and returns the job that shows it.</summary>
    public RecognitionJob Follow(RecognitionDocument document)
    {
        var job = RecognitionJob.Of(document, _time);
        var followed = _jobs.GetOrAdd(document.Id, job);
        if (followed == job)
            Begin(job);
        return followed;
    }

    /// <summary>Follows a job that another program has taken.</summary>
    public void Follow(RecognitionJob job)
    {
        var followed = _jobs.GetOrAdd(job.Id, job);
        Begin(job);
        // Callers may watch both: this program had the recognition, gave it away and took it back.
        if (followed != job)
            _ = EndWithAsync(job, followed);
    }

    /// <inheritdoc/>
    public void Dispose() => _board.Posted -= Receive;

    /// <summary>Reads the states of all followed recognitions, and ends those that have ended.</summary>
    /// <exception cref="SpeechEmotionException">The database cannot be used.</exception>
    internal async Task ReadAsync(CancellationToken ct)
    {
        if (IsEmpty)
            return;
        var states = await _leases.FindStatesAsync([.. _jobs.Keys], ct);
        foreach (var job in _jobs.Values)
        {
            var isKnown = states.TryGetValue(job.Id, out var state);
            if (!isKnown || state != job.Current.State)
                await ReadAsync(job, ct);
            else if (job.Cancellation.IsCancellationRequested)
                await _leases.CancelAsync([job.Id], ct);
        }
    }

    /// <summary>Ends all as suspended, because this program stops; the other programs continue.</summary>
    internal void EndAll()
    {
        _isEnded = true;
        foreach (var job in _jobs.Values)
            Suspend(job);
    }

    private async Task ReadAsync(RecognitionJob job, CancellationToken ct)
    {
        var document = await _history.FindAsync(job.Id, ct);
        if (document is { IsFinal: false })
        {
            job.Update(now => now with { Document = document, QueuePosition = null });
            return;
        }
        // One that was deleted was cancelled before.
        document ??= job.Current.Document with { State = RecognitionState.Cancelled };
        job.Finish(document, document.Error?.ToException(), recorded: true);
        _jobs.TryRemove(new(job.Id, job));
    }

    private void Begin(RecognitionJob job)
    {
        if (_isEnded)
            Suspend(job);
        else
            job.Cancellation.Register(() => _ = CancelAsync(job));
    }

    private static async Task EndWithAsync(RecognitionJob job, RecognitionJob followed)
    {
        await followed.Completion;
        job.Finish(followed.Current.Document, followed.Error, followed.IsRecorded);
    }

    private void Suspend(RecognitionJob job)
    {
        var error = RequestErrors.Suspended(job.Id);
        job.Finish(job.Current.Document.With(error), error, recorded: false);
        _jobs.TryRemove(new(job.Id, job));
    }

    private async Task CancelAsync(RecognitionJob job)
    {
        try
        {
            await _leases.CancelAsync([job.Id], CancellationToken.None);
            await _board.PostAsync(new Notice(NoticeKind.Recognition, job.Id));
        }
        catch (SpeechEmotionException)
        {
            // The next reading tries again.
        }
    }

    private void Receive(Notice notice)
    {
        if (notice is { Kind: NoticeKind.Progress, Value: { } progress } && Find(notice.Subject) is { } job)
            job.Update(now => now.Document.IsFinal ? now : now with { Progress = progress });
    }
}
