using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage;

/// <summary>Queries that lock their rows. SQLite needs no such locks, because it has one writer at a time.</summary>
internal static class RowLock
{
    /// <summary>The tag of queries that skip locked rows.</summary>
    public const string FirstFree = "Lock the first free rows";

    /// <summary>Skips rows that other transactions have locked, and locks the others until the transaction ends.</summary>
    public static IQueryable<T> SkipLocked<T>(this IQueryable<T> rows) => rows.TagWith(FirstFree);
}
