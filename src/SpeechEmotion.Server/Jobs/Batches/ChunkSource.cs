using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>
/// Finds the next chunk for this program. With a broker, the program looks at the database when it has received a ticket; without one, when
/// a notice says that batches have changed. In both cases it also looks now and then.
/// </summary>
public sealed class ChunkSource(
    ChunkLeases leases, BlockedBatches blocked, MessageBroker broker, NoticeBoard board, TimeProvider time)
{
    /// <summary>The longest wait of a call.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How long a program waits for a ticket before it looks without one.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(30);

    /// <summary>The same after a chunk without a ticket: perhaps no program writes tickets.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(1);

    private TimeSpan _patience = LongPatience;
    private long? _since;
    private Task<bool>? _ticket;

    /// <summary>Waits a few seconds for a chunk.</summary>
    /// <param name="worker">The name under which it is leased.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>Null if there is none.</returns>
    public async Task<LeasedChunk?> NextAsync(string worker, CancellationToken stop, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ct);
        var except = blocked.Current;
        // A ticket may be for a batch that this program cannot process.
        var usesTickets = broker.IsUsable && except.Count == 0;
        var hasTicket = usesTickets && await HasTicketAsync(stop, either.Token);
        if (stop.IsCancellationRequested || (usesTickets && !hasTicket && Left() > TimeSpan.Zero))
            return null;
        var notice = board.Next(NoticeKind.Batch);
        var chunk = await TakeAsync(worker, except, ct);
        (_since, _patience) = (null, chunk is null || hasTicket ? LongPatience : ShortPatience);
        if (chunk is null && !usesTickets)
            await Task.WhenAny(notice, Task.Delay(Interval, time, either.Token));
        return chunk;
    }

    /// <summary>Waits a few seconds for a ticket; the wait itself goes on, because each one costs the broker some work.</summary>
    private async Task<bool> HasTicketAsync(CancellationToken stop, CancellationToken either)
    {
        _since ??= time.GetTimestamp();
        _ticket ??= broker.WaitAsync(LongPatience, stop);
        var left = Left();
        if (left > TimeSpan.Zero)
            await Task.WhenAny(_ticket, Task.Delay(left < Interval ? left : Interval, time, either));
        if (!_ticket.IsCompleted)
            return false;
        var ticket = _ticket;
        _ticket = null;
        return await ticket;
    }

    /// <summary>How long to wait for a ticket yet.</summary>
    private TimeSpan Left() => _since is { } since ? _patience - time.GetElapsedTime(since) : _patience;

    private async Task<LeasedChunk?> TakeAsync(string worker, IReadOnlyCollection<int> except, CancellationToken ct)
    {
        var chunk = await leases.TakeAsync(worker, ct, except);
        if (chunk is { GivenUp: { } item })
            await broker.ReportAsync(new(RequestErrors.CrashedCode, null, chunk.BatchId, item), ct);
        return chunk;
    }
}
