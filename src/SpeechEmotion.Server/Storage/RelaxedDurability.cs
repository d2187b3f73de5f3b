using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Lets SQLite write its log ahead without waiting for the disk at each commit: a power cut may then lose the last entries,
/// whose folders are complete all the same, but never damages the database.
/// </summary>
internal sealed class RelaxedDurability : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Relax(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
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
