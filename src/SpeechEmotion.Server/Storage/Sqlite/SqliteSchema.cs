using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SpeechEmotion.Server.Storage.Sqlite;

/// <summary>Brings the database to the schema of this program: creates a new database, or applies the missing migrations.</summary>
internal static class SqliteSchema
{
    private const string Recognitions = "recognitions";

    /// <summary>
    /// Creates the table that a database of version 0.1.0 may lack: its first builds had no idempotency keys. That version did not
    /// record migrations.
    /// </summary>
    private const string KeyTable = """
        CREATE TABLE IF NOT EXISTS "idempotency_keys" (
            "Scope" TEXT NOT NULL, "Key" TEXT NOT NULL, "Fingerprint" TEXT NOT NULL, "RecognitionId" TEXT NOT NULL,
            "Created" INTEGER NOT NULL,
            CONSTRAINT "PK_idempotency_keys" PRIMARY KEY ("Scope", "Key"));
        CREATE INDEX IF NOT EXISTS "IX_idempotency_keys_RecognitionId" ON "idempotency_keys" ("RecognitionId");
        CREATE INDEX IF NOT EXISTS "IX_idempotency_keys_Created" ON "idempotency_keys" ("Created");
        """;

    /// <summary>Lists the tables of the database without those of EF Core, which alone remain of an interrupted first start.</summary>
    private const string OwnTables =
        "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '__EF*'";

    /// <summary>Migrates the database. The caller must hold the lock of the output folder.</summary>
    /// <exception cref="Http.RequestException"><c>history.foreign</c>: another program or a newer version created the database.</exception>
    public static async Task MigrateAsync(HistoryContext context, CancellationToken ct)
    {
        var database = context.Database;
        string[] tables = [.. await database.SqlQueryRaw<string>(OwnTables).ToListAsync(ct)];
        if (tables.Length > 0 && !tables.Contains(Recognitions))
            throw HistoryErrors.Foreign();
        string[] applied = [.. await database.GetAppliedMigrationsAsync(ct)];
        string[] known = [.. database.GetMigrations()];
        if (applied.Except(known).Any())
            throw HistoryErrors.Foreign();
        // EF Core does the same, but only for a file that it creates itself; to read the tables has created it already.
        await database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", ct);
        if (applied.Length == known.Length)
            return;
        if (tables.Length > 0 && applied.Length == 0)
            await BaselineAsync(context, known[0], ct);
        // An interrupted migration leaves its lock behind, and the next migration would wait for it forever.
        await database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await database.MigrateAsync(ct);
    }

    /// <summary>Marks the first migration as applied in a database of version 0.1.0, which already has that schema.</summary>
    private static async Task BaselineAsync(HistoryContext context, string first, CancellationToken ct)
    {
        // Fails if another program created a table with that name.
        await context.Database.ExecuteSqlRawAsync("SELECT \"Document\" FROM \"recognitions\" LIMIT 0", ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var history = context.GetService<IHistoryRepository>();
        string[] commands = [KeyTable, history.GetCreateIfNotExistsScript(), history.GetInsertScript(new(first, ProductInfo.GetVersion()))];
        foreach (var command in commands)
            await context.Database.ExecuteSqlRawAsync(command, ct);
        await transaction.CommitAsync(ct);
    }
}
