using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Broker;

/// <summary>
/// Keeps as many tickets in the queue as chunks wait in the database. One program of the installation does it; when it stops, another one
/// continues. It compares the two again and again, so a broker that was emptied is filled within seconds, and tickets of batches that were
/// paused or cancelled go.
/// </summary>
internal sealed class TicketWriter(
    MessageBroker broker, HistoryDatabase database, ChunkLeases chunks, NoticeBoard board, TimeProvider time,
    ILogger<TicketWriter> logger) : BackgroundService
{
    /// <summary>Most tickets in the queue.</summary>
    private const int MostTickets = 1000;

    /// <summary>Number of surplus tickets that stay in the queue: a program that receives one finds no chunk.</summary>
    private const int Surplus = 10;

    /// <summary>How often the queue and the database are compared without a notice.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The shortest pause between two comparisons.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a program tries to become the one that writes.</summary>
    private static readonly TimeSpan TurnInterval = TimeSpan.FromSeconds(5);

    private string? _reported;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!broker.IsGiven)
            return;
        try
        {
            while (true)
            {
                if (broker.IsUsable)
                    await TryWriteAsync(stoppingToken);
                await Task.Delay(TurnInterval * (0.5 + Random.Shared.NextDouble()), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task TryWriteAsync(CancellationToken ct)
    {
        try
        {
            await using var turn = await database.TryLeadAsync(ct);
            while (turn is not null && broker.Link is { } link)
            {
                var work = board.Next(NoticeKind.Batch);
                await turn.RequireAsync(ct);
                await WriteAsync(link, ct);
                _reported = null;
                await Task.Delay(Pause, time, ct);
                await Task.WhenAny(work, Task.Delay(Interval, time, ct));
                ct.ThrowIfCancellationRequested();
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Whatever fails, this or another program tries again.
            var known = ProblemAnswers.Known(failure);
            if (_reported != known.Code)
                Log.TicketsNotWritten(logger, known.Message, known.Code);
            _reported = known.Code;
        }
    }

    private async Task WriteAsync(BrokerLink link, CancellationToken ct)
    {
        var waiting = await chunks.CountFreeAsync(MostTickets, ct);
        var tickets = await link.CountAsync(WorkQueue.Chunks, ct);
        if (tickets > (waiting == 0 ? 0 : waiting + Surplus))
        {
            await link.PurgeAsync(WorkQueue.Chunks, ct);
            tickets = 0;
        }
        if (tickets < waiting)
        {
            await link.WriteAsync(
                WorkQueue.Chunks, broker.Installation, ReadOnlyMemory<byte>.Empty, waiting - (int)tickets, ct);
        }
    }
}
