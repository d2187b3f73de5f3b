using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Queries that lock their rows until the transaction ends. PostgreSQL executes them; SQLite needs no such locks, because it has one
/// writer at a time.
/// </summary>
internal static class RowLock
{
    /// <summary>The tag of queries that wait for rows that others have locked.</summary>
    public const string Wait = "Lock the rows";

    /// <summary>The tag of queries that skip rows that others have locked.</summary>
    public const string Skip = "Lock the free rows";

    /// <summary>Locks the rows against changes; rows that refer to them may still be added.</summary>
    public static IQueryable<T> Locked<T>(this IQueryable<T> rows) => rows.TagWith(Wait);

    /// <summary>The same for those rows that no other transaction has locked.</summary>
    public static IQueryable<T> SkipLocked<T>(this IQueryable<T> rows) => rows.TagWith(Skip);

    /// <summary>Lets one program at a time add what must be there once.</summary>
    public static Task LockInstallationAsync(this HistoryContext context, CancellationToken ct) =>
        context.Installations.Select(entry => entry.Id).Locked().LoadAsync(ct);

    /// <summary>Locks a batch, if it exists.</summary>
    public static Task LockBatchAsync(this HistoryContext context, int batch, CancellationToken ct) =>
        context.Batches.Where(entry => entry.Id == batch).Select(entry => entry.Id).Locked().LoadAsync(ct);
}
