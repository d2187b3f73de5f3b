using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Distributes the recognitions of a shared database to its programs. A program that accepts one while it has nothing else to do keeps it;
/// otherwise any program may take it. A recognition whose program is silent can be taken by any other.
/// </summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class RecognitionLeases(HistoryDatabase database, ProgramLease programs)
{
    private string Own => programs.Name;

    /// <summary>Returns the unfinished recognitions that an earlier run of this program left. The oldest is first.</summary>
    internal Task<IReadOnlyList<RecognitionDocument>> ListOwnAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<RecognitionDocument>>(async context =>
        {
            var unfinished = Unfinished(context).AsNoTracking();
            // A program that is alone owns all, also those that an earlier version left.
            if (database.IsShared)
                unfinished = unfinished.Where(entry => entry.Worker == Own);
            return [.. (await unfinished.OrderBy(entry => entry.Id).ToListAsync(ct)).Select(entry => entry.ToDocument())];
        });

    /// <summary>Returns the names of the uploads that unfinished recognitions need, whichever program has them.</summary>
    internal Task<IReadOnlySet<string>> ListUploadsAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlySet<string>>(async context =>
        {
            var unfinished = await Unfinished(context).AsNoTracking().ToListAsync(ct);
            return unfinished.Select(entry => entry.ToDocument().Upload).OfType<string>().ToHashSet();
        });

    /// <summary>
    /// Takes the oldest recognition that waits, or whose program is silent. One that would wait here, behind those that run, stays open to
    /// others.
    /// </summary>
    /// <param name="except">Recognitions that this program cannot process.</param>
    /// <param name="before">Only those that are older than the one with this identifier; null for all.</param>
    /// <param name="mayTake">Whether this program can process a recognition.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>The recognition, and whether it was taken; null if there is none.</returns>
    internal async Task<(RecognitionDocument Document, bool IsTaken)?> TakeAsync(
        IReadOnlyCollection<string> except, string? before, Func<RecognitionDocument, bool> mayTake, CancellationToken ct)
    {
        // Without work, a program that asks twice a second must not write.
        if (!await database.ReadAsync(async context => await (await FreeAsync(context, except, before, ct)).AnyAsync(ct)))
            return null;
        return await database.WriteAsync<(RecognitionDocument, bool)?>(async context =>
        {
            var free = await FreeAsync(context, except, before, ct);
            if (await free.OrderBy(entry => entry.Id).SkipLocked().FirstOrDefaultAsync(ct) is not { } entry)
                return null;
            var document = entry.ToDocument();
            if (!mayTake(document))
                return (document, false);
            entry.Worker = before is null ? Own : null;
            await context.SaveChangesAsync(ct);
            return (document, true);
        }, ct);
    }

    /// <summary>Returns which of these recognitions other programs have, or have finished or deleted.</summary>
    internal async Task<IReadOnlyList<string>> FindTakenAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var own = await database.ReadAsync(context => Unfinished(context)
            .Where(entry => ids.Contains(entry.Id) && (entry.Worker == null || entry.Worker == Own))
            .Select(entry => entry.Id).ToListAsync(ct));
        return [.. ids.Except(own)];
    }

    /// <summary>Lets other programs take a recognition that this one was to process.</summary>
    internal Task ReleaseAsync(string id, CancellationToken ct) => database.WriteAsync(
        context => Unfinished(context).Where(entry => entry.Id == id && entry.Worker == Own)
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Worker, (string?)null), ct),
        ct);

    /// <summary>Asks the programs that have recognitions to cancel them; one that waits is taken for that.</summary>
    internal Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken ct) => database.WriteAsync(
        context => Unfinished(context).Where(entry => ids.Contains(entry.Id)).ExecuteUpdateAsync(
            entry => entry.SetProperty(e => e.IsCancelled, true).SetProperty(e => e.Worker, e => e.Worker ?? Own), ct),
        ct);

    /// <summary>Returns the unfinished recognitions of this program, and whether they were cancelled through another one.</summary>
    internal Task<Dictionary<string, bool>> ListHeldAsync(CancellationToken ct) => database.ReadAsync(
        context => Unfinished(context).Where(entry => entry.Worker == Own)
            .ToDictionaryAsync(entry => entry.Id, entry => entry.IsCancelled, ct));

    /// <summary>Returns the states of recognitions; those that were deleted are missing.</summary>
    internal Task<Dictionary<string, RecognitionState>> FindStatesAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        database.ReadAsync(context => context.Recognitions.Where(entry => ids.Contains(entry.Id))
            .ToDictionaryAsync(entry => entry.Id, entry => entry.State, ct));

    private async Task<IQueryable<HistoryEntry>> FreeAsync(
        HistoryContext context, IReadOnlyCollection<string> except, string? before, CancellationToken ct)
    {
        var free = await programs.FreeAsync(context, Unfinished(context), nameof(HistoryEntry.Worker), ct);
        return free.Where(entry => entry.Worker != Own && !except.Contains(entry.Id)
            && (before == null || string.Compare(entry.Id, before) < 0));
    }

    private static IQueryable<HistoryEntry> Unfinished(HistoryContext context) => context.Recognitions
        .Where(entry => entry.State == RecognitionState.Queued || entry.State == RecognitionState.Running);
}
