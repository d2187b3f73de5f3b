using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SpeechEmotion.Server.Storage.Sqlite;

/// <summary>
/// Lets SQLite commit to its write-ahead log without waiting for the disk. A power failure may then lose the last entries, whose
/// result folders are still complete, but it never damages the database.
/// </summary>
internal sealed class RelaxedDurability : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Relax(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Relax(connection);
        return Task.CompletedTask;
    }

    private static void Relax(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=NORMAL";
        command.ExecuteNonQuery();
    }
}
