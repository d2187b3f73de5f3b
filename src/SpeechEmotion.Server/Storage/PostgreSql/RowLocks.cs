using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>Locks the rows of queries that ask for it, for which EF Core has no method.</summary>
internal sealed class RowLocks : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Lock(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Lock(command);
        return ValueTask.FromResult(result);
    }

    // EF Core writes tags as comments before the query.
    private static void Lock(DbCommand command)
    {
        if (command.CommandText.StartsWith("-- " + RowLock.FirstFree, StringComparison.Ordinal))
            command.CommandText += " FOR UPDATE SKIP LOCKED";
    }
}
