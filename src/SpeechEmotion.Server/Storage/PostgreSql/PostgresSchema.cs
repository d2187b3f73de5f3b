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
        if (await CountMissingAsync(context, ct) == 0)
            return;
        // Indexes of large tables take long.
        database.SetCommandTimeout(MigrationTime);
        await database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Lock})", ct);
        try
        {
            if (await CountMissingAsync(context, ct) > 0)
                await database.MigrateAsync(ct);
        }
        finally
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>Returns how many migrations of this version the database lacks.</summary>
    /// <exception cref="Http.RequestException">As for <see cref="MigrateAsync"/>.</exception>
    public static async Task<int> CountMissingAsync(PostgresContext context, CancellationToken ct)
    {
        var database = context.Database;
        string[] tables = [.. await database.SqlQueryRaw<string>(Tables).ToListAsync(ct)];
        string[] applied = [.. await database.GetAppliedMigrationsAsync(ct)];
        string[] known = [.. database.GetMigrations()];
        if ((tables.Length > 0 && applied.Length == 0) || applied.Except(known).Any())
            throw PostgresErrors.Foreign();
        return known.Length - applied.Length;
    }

    private static void RequireVersion(DbConnection connection)
    {
        if (IsTooOld(connection.ServerVersion))
            throw PostgresErrors.TooOld(connection.ServerVersion);
    }

    /// <summary>Whether this program cannot use that version of PostgreSQL.</summary>
    public static bool IsTooOld(string version) =>
        !Version.TryParse(version.Split(' ')[0], out var parsed) || parsed.Major < OldestVersion;
}
