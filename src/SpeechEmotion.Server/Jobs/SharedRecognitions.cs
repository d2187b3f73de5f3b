using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// Connects the queue of this program with the others that share its database: while it has nothing else to do, it takes recognitions that
/// wait elsewhere, and those of programs that are silent. With a broker, it looks for them when it has received a ticket, otherwise when
/// there is a notice; in both cases also now and then.
/// </summary>
internal sealed class SharedRecognitions(
    HistoryDatabase database, RecognitionQueue queue, RecognitionLanes lanes, FollowedRecognitions followed, RecognitionLeases leases,
    InstallationCheck installation, RecognizerPool recognizers, MessageBroker broker, NoticeBoard board, TimeProvider time,
    ILogger<SharedRecognitions> logger)
    : BackgroundService
{
    /// <summary>How often the database is asked without a notice while this program processes or follows recognitions.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>How often an idle program asks.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(2);

    /// <summary>The shortest pause between two exchanges, however many notices there are.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a recognition is left to others whose model or recording this program lacks.</summary>
    private static readonly TimeSpan BlockTime = TimeSpan.FromMinutes(1);

    /// <summary>How often a program that may receive tickets looks without one; also the longest wait for a ticket.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, long> _blocked = [];
    private readonly Dictionary<string, double> _posted = [];
    private Task<bool>? _ticket;
    private long _looked = time.GetTimestamp();
    private string? _reported;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        followed.EndAll();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsShared)
            return;
        try
        {
            while (true)
            {
                var notice = board.Next(NoticeKind.Recognition);
                await TryExchangeAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
                var interval = Task.Delay(IsIdle ? IdleInterval : Interval, time, stoppingToken);
                if (broker.IsUsable && CanTake && lanes.IsAnyFree)
                    _ticket ??= broker.WaitAsync(WorkQueue.Recognitions, LookInterval, stoppingToken);
                await Task.WhenAny(notice, interval, _ticket is { IsCompleted: false } ? _ticket : interval);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    /// <summary>Whether this program can process recognitions; the shared folder may be lost while it runs.</summary>
    private bool CanTake => recognizers.State == ModelState.Ready && installation.IsHere;

    private bool IsIdle => queue.Running == 0 && queue.Waiting == 0 && followed.IsEmpty;

    private async Task TryExchangeAsync(CancellationToken ct)
    {
        try
        {
            await ExchangeAsync(ct);
            _reported = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Whatever fails, the next exchange may succeed.
            var known = ProblemAnswers.Known(failure);
            if (_reported != known.Code)
                Log.SharedNotRead(logger, known.Code, known.Message, failure);
            _reported = known.Code;
        }
    }

    private async Task ExchangeAsync(CancellationToken ct)
    {
        await lanes.RecordDeferredAsync();
        if (queue.WaitingIds is { Count: > 0 } waiting)
        {
            foreach (var id in await leases.FindTakenAsync(waiting, ct))
                lanes.Follow(id);
        }
        await followed.ReadAsync(ct);
        UpdateBlocked();
        await HoldAsync(ct);
        // While it finds some without tickets, it looks on.
        if (await MayFindAsync() && !await TakeAsync(ct))
            _looked = time.GetTimestamp();
        await PostProgressAsync();
    }

    /// <summary>
    /// Cancels what was cancelled through other programs, and continues recognitions whose requests were refused because the answer to the
    /// commit that stored them was lost.
    /// </summary>
    private async Task HoldAsync(CancellationToken ct)
    {
        foreach (var (id, isCancelled) in await leases.ListHeldAsync(ct))
        {
            if (queue.Has(id))
            {
                if (isCancelled)
                    queue.Find(id)?.Cancel();
                continue;
            }
            if (!installation.IsHere || (_blocked.ContainsKey(id) && !isCancelled))
                continue;
            if (!await queue.ContinueLostAsync(id, isCancelled, ct))
            {
                _blocked[id] = time.GetTimestamp();
                await leases.ReleaseAsync(id, ct);
            }
        }
    }

    /// <summary>Whether to look for recognitions to take.</summary>
    private async Task<bool> MayFindAsync()
    {
        var ticket = _ticket is { IsCompleted: true } ? _ticket : null;
        if (ticket is not null)
            _ticket = null;
        // A ticket may be for a recognition that this program cannot process.
        return !broker.IsUsable || _blocked.Count > 0 || (ticket is not null && await ticket)
            || time.GetElapsedTime(_looked) >= LookInterval;
    }

    /// <returns>Whether it took any.</returns>
    private async Task<bool> TakeAsync(CancellationToken ct)
    {
        var isAnyTaken = false;
        while (CanTake)
        {
            // With work of its own, a program takes only what is older.
            var oldest = queue.WaitingIds.Min(StringComparer.Ordinal);
            if (oldest is null && !lanes.IsAnyFree)
                break;
            if (await leases.TakeAsync([.. _blocked.Keys], oldest, queue.CanProcess, ct) is not var (document, isTaken))
                break;
            isAnyTaken |= isTaken;
            if (isTaken)
                await ContinueAsync(document, ct);
            else
                _blocked[document.Id] = time.GetTimestamp();
            if (isTaken && oldest is not null)
                break;
        }
        return isAnyTaken;
    }

    private async Task ContinueAsync(RecognitionDocument document, CancellationToken ct)
    {
        await queue.ContinueAsync(document, ct, isTaken: true);
        if (document.Attempts >= RecognitionLanes.MostAttempts)
            await broker.ReportAsync(new(RequestErrors.CrashedCode, document.Id, null, null), ct);
    }

    /// <summary>Posts how far the running recognitions are, for the programs that follow them.</summary>
    private async Task PostProgressAsync()
    {
        var progress = queue.ListProgress();
        var changed = progress.Where(pair => _posted.GetValueOrDefault(pair.Key, -1) != pair.Value).ToList();
        _posted.Clear();
        foreach (var (id, value) in progress)
            _posted[id] = value;
        if (changed.Count > 0)
            await board.PostAsync(changed.Select(pair => new Notice(NoticeKind.Progress, pair.Key, pair.Value)));
    }

    private void UpdateBlocked()
    {
        while (lanes.LeftToOthers.TryDequeue(out var left))
            _blocked[left] = time.GetTimestamp();
        foreach (var (id, since) in _blocked)
        {
            if (time.GetElapsedTime(since) >= BlockTime)
                _blocked.Remove(id);
        }
    }
}
