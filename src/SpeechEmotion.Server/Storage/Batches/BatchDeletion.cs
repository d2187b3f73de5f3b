using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// Deletes batches. A deleted batch disappears at once; its rows follow in groups, because a transaction over a million rows would keep
/// all other writers waiting. The next start continues a deletion that a stop or a crash interrupted.
/// </summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class BatchDeletion(HistoryDatabase database, NoticeBoard board, TimeProvider time, ILogger<BatchDeletion> logger)
    : BackgroundService
{
    /// <summary>Most recordings whose rows one transaction deletes.</summary>
    public const int GroupItems = 2000;

    /// <summary>How long the deletion pauses after a failure of the database.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>
    /// Hides a batch from all queries, frees its key, deletes its delivered events, and lets the background delete the rest.
    /// </summary>
    public async Task DeleteAsync(int id, CancellationToken ct)
    {
        await database.WriteAsync(async context =>
        {
            var subject = WebhookEntry.PathOf(id);
            await context.Webhooks.Where(webhook => webhook.Subject == subject && webhook.State != WebhookState.Pending)
                .ExecuteDeleteAsync(ct);
            return await context.Batches.Where(batch => batch.Id == id).ExecuteUpdateAsync(
                batch => batch.SetProperty(b => b.State, BatchState.Deleted).SetProperty(b => b.Key, (string?)null), ct);
        }, ct);
        _wake.Release();
        await board.PostAsync(new Notice(NoticeKind.Batch, ""));
    }

    /// <summary>Deletes the rows of all deleted batches.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        var deleted = await database.ReadAsync(context => Deleted(context)
            .Select(batch => new { batch.Id, batch.Items }).ToListAsync(ct));
        foreach (var batch in deleted)
        {
            // First: without its chunk, a worker that still processes a recording cannot store the outcome.
            await database.WriteAsync(
                context => context.BatchChunks.Where(chunk => chunk.BatchId == batch.Id).ExecuteDeleteAsync(ct), ct);
            for (var first = 0; first < batch.Items; first += GroupItems)
                await DeleteGroupAsync(batch.Id, first, ct);
            // The schema deletes its sources by cascade; it would delete forgotten recordings, too, but in one transaction.
            await database.WriteAsync(
                context => Deleted(context)
                    .Where(entry => entry.Id == batch.Id && !context.BatchItems.Any(item => item.BatchId == entry.Id))
                    .ExecuteDeleteAsync(ct),
                ct);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await TryFinishAsync(stoppingToken);
                await _wake.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TryFinishAsync(CancellationToken ct)
    {
        try
        {
            await FinishAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Report(e);
            await Task.Delay(Pause, time, ct);
            _wake.Release();
        }
    }

    private void Report(Exception e)
    {
        if (e is SpeechEmotionException known)
            Log.BatchNotDeleted(logger, known.Code, known.Message);
        else
            Log.Unexpected(logger, e);
    }

    private Task<int> DeleteGroupAsync(int batch, int first, CancellationToken ct) => database.WriteAsync(async context =>
    {
        var end = first + GroupItems;
        await context.BatchOutcomes.Where(outcome => outcome.BatchId == batch && outcome.Number >= first && outcome.Number < end)
            .ExecuteDeleteAsync(ct);
        return await context.BatchItems.Where(item => item.BatchId == batch && item.Number >= first && item.Number < end)
            .ExecuteDeleteAsync(ct);
    }, ct);

    /// <summary>The batches that all other queries leave out.</summary>
    private static IQueryable<BatchEntry> Deleted(HistoryContext context) =>
        context.Batches.IgnoreQueryFilters().Where(batch => batch.State == BatchState.Deleted);
}
