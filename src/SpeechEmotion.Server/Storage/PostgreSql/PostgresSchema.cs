using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>Brings the database to the schema of this program. Several programs may start at once: one migrates, the others wait.</summary>
internal static class PostgresSchema
{
    /// <summary>The oldest version whose users get support from PostgreSQL's authors.</summary>
    private const int OldestVersion = 14;

    /// <summary>The number of the lock, which no other program uses by chance.</summary>
    private const long Lock = 0x5365_7245_6d6f_0001;

    private static readonly TimeSpan MigrationTime = TimeSpan.FromHours(1);

    /// <summary>Lists the tables of the schema in which this program creates its own.</summary>
    private const string Tables =
        "SELECT tablename AS \"Value\" FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_EF%'";

    /// <exception cref="Http.RequestException">
    /// <c>history.too_old</c>, or <c>history.foreign</c>: another program or a newer version created the tables.
    /// </exception>
    public static async Task MigrateAsync(PostgresContext context, CancellationToken ct)
    {
        var database = context.Database;
        // One connection for all: the lock belongs to it.
        await database.OpenConnectionAsync(ct);
        RequireVersion(database.GetDbConnection());
        if (await IsCurrentAsync(context, ct))
            return;
        // Indexes of large tables take long.
        database.SetCommandTimeout(MigrationTime);
        await database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Lock})", ct);
        try
        {
            if (!await IsCurrentAsync(context, ct))
                await database.MigrateAsync(ct);
        }
        finally
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private static async Task<bool> IsCurrentAsync(PostgresContext context, CancellationToken ct)
    {
        var database = context.Database;
        string[] tables = [.. await database.SqlQueryRaw<string>(Tables).ToListAsync(ct)];
        string[] applied = [.. await database.GetAppliedMigrationsAsync(ct)];
        string[] known = [.. database.GetMigrations()];
        if ((tables.Length > 0 && applied.Length == 0) || applied.Except(known).Any())
            throw PostgresErrors.Foreign();
        return applied.Length == known.Length;
    }

    private static void RequireVersion(DbConnection connection)
    {
        var version = connection.ServerVersion;
        if (!Version.TryParse(version.Split(' ')[0], out var parsed) || parsed.Major < OldestVersion)
            throw PostgresErrors.TooOld(version);
    }
}
