using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Broker;

/// <summary>
/// Keeps as many tickets in the queues as work waits in the database. One program of the installation does it; when it stops, another one
/// continues. It compares the two again and again, so a broker that was emptied is filled within seconds, and tickets of work that was
/// paused or cancelled go.
/// </summary>
internal sealed class TicketWriter(
    MessageBroker broker, HistoryDatabase database, ChunkLeases chunks, RecognitionLeases recognitions, NoticeBoard board,
    TimeProvider time, ILogger<TicketWriter> logger) : BackgroundService
{
    /// <summary>Most tickets in a queue.</summary>
    private const int MostTickets = 1000;

    /// <summary>So many tickets too many do no harm: the programs that receive them find nothing.</summary>
    private const int Surplus = 10;

    /// <summary>How often the queues and the database are compared without a notice.</summary>
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
                var work = Task.WhenAny(board.Next(NoticeKind.Batch), board.Next(NoticeKind.Recognition));
                await turn.RequireAsync(ct);
                await WriteAsync(link, WorkQueue.Chunks, await chunks.CountFreeAsync(MostTickets, ct), ct);
                await WriteAsync(link, WorkQueue.Recognitions, await recognitions.CountFreeAsync(MostTickets, ct), ct);
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

    private async Task WriteAsync(BrokerLink link, string queue, int waiting, CancellationToken ct)
    {
        var tickets = (int)Math.Min(await link.CountAsync(queue, ct), int.MaxValue);
        if (tickets > (waiting * 2) + Surplus)
        {
            await link.PurgeAsync(queue, ct);
            tickets = 0;
        }
        await link.WriteAsync(queue, broker.Installation, ReadOnlyMemory<byte>.Empty, Math.Max(waiting - tickets, 0), ct);
    }
}
