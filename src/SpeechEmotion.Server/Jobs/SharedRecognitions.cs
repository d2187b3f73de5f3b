using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Jobs;

/// <summary>
/// Connects the queue of this program with the others that share its database: while it has nothing else to do, it takes recognitions that
/// wait elsewhere, and those of programs that are silent.
/// </summary>
internal sealed class SharedRecognitions(
    HistoryDatabase database, RecognitionQueue queue, RecognitionLanes lanes, FollowedRecognitions followed, RecognitionLeases leases,
    InstallationCheck installation, RecognizerPool recognizers, NoticeBoard board, Drain drain, TimeProvider time,
    ILogger<SharedRecognitions> logger) : BackgroundService
{
    /// <summary>How often the database is asked without a notice while this program processes or follows recognitions.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>How often an idle program asks.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(2);

    /// <summary>The shortest pause between two exchanges, however many notices there are.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a recognition is left to others whose model or recording this program lacks.</summary>
    private static readonly TimeSpan BlockTime = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _blocked = [];
    private readonly Dictionary<string, double> _posted = [];
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
                await Task.WhenAny(notice, Task.Delay(IsIdle ? IdleInterval : Interval, time, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

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
        await TakeAsync(ct);
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

    private async Task TakeAsync(CancellationToken ct)
    {
        // The shared folder may be lost while recognitions are taken.
        while (recognizers.State == ModelState.Ready && installation.IsHere && !drain.IsOn)
        {
            // With work of its own, a program takes only what is older.
            var oldest = queue.WaitingIds.Min(StringComparer.Ordinal);
            if (oldest is null && !lanes.IsAnyFree)
                return;
            if (await leases.TakeAsync([.. _blocked.Keys], oldest, queue.CanProcess, ct) is not var (document, isTaken))
                return;
            if (isTaken)
                await queue.ContinueAsync(document, ct, isTaken: true);
            else
                _blocked[document.Id] = time.GetTimestamp();
            if (isTaken && oldest is not null)
                return;
        }
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
