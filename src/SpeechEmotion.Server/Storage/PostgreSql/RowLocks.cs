using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>Adds the locks of <see cref="RowLock"/> to queries, for which EF Core has no method.</summary>
internal sealed class RowLocks : DbCommandInterceptor
{
    // EF Core writes tags as comments before the query. The locks are those of an UPDATE that changes no key.
    private static readonly (string Tag, string Lock)[] Locks =
        [($"-- {RowLock.Wait}\n", " FOR NO KEY UPDATE"), ($"-- {RowLock.Skip}\n", " FOR NO KEY UPDATE SKIP LOCKED")];

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Lock(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Lock(command);
        return ValueTask.FromResult(result);
    }

    private static void Lock(DbCommand command)
    {
        foreach (var (tag, rows) in Locks)
        {
            if (command.CommandText.StartsWith(tag, StringComparison.Ordinal))
                command.CommandText += rows;
        }
    }
}
