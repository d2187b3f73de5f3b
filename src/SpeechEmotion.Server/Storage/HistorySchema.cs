using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage;

/// <summary>Brings the database to the schema of this program: creates a new one, or applies the migrations that are missing.</summary>
internal static class HistorySchema
{
    private const string Recognitions = "recognitions";

    /// <summary>
    /// The tables that version 0.1.0 creates without a record of migrations, as far as they can be missing: its first builds had no
    /// idempotency keys.
    /// </summary>
    private const string KeyTable = """
        CREATE TABLE IF NOT EXISTS "idempotency_keys" (
            "Scope" TEXT NOT NULL, "Key" TEXT NOT NULL, "Fingerprint" TEXT NOT NULL, "RecognitionId" TEXT NOT NULL, "Created" INTEGER NOT NULL,
            CONSTRAINT "PK_idempotency_keys" PRIMARY KEY ("Scope", "Key"));
        CREATE INDEX IF NOT EXISTS "IX_idempotency_keys_RecognitionId" ON "idempotency_keys" ("RecognitionId");
        CREATE INDEX IF NOT EXISTS "IX_idempotency_keys_Created" ON "idempotency_keys" ("Created");
        """;

    /// <summary>Migrates the database. Only the holder of the output folder's lock may call it.</summary>
    /// <exception cref="Http.RequestException"><c>history.foreign</c>: it is a database of another program or of a newer version.</exception>
    public static async Task MigrateAsync(HistoryContext context, CancellationToken ct)
    {
        var database = context.Database;
        string[] tables = [.. await database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table'").ToListAsync(ct)];
        if (tables.Length > 0 && !tables.Contains(Recognitions))
            throw HistoryErrors.Foreign();
        string[] applied = [.. await database.GetAppliedMigrationsAsync(ct)];
        string[] known = [.. database.GetMigrations()];
        if (applied.Except(known).Any())
            throw HistoryErrors.Foreign();
        if (applied.Length == known.Length)
            return;
        if (tables.Length > 0 && applied.Length == 0)
            await BaselineAsync(context, known[0], ct);
        // A migration that was interrupted leaves its lock behind, and the next one would wait for it forever.
        await database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await database.MigrateAsync(ct);
    }

    /// <summary>Records the first migration in a database that version 0.1.0 created: it has that schema already.</summary>
    private static async Task BaselineAsync(HistoryContext context, string first, CancellationToken ct)
    {
        // Fails on a table of that name that another program created.
        await context.Database.ExecuteSqlRawAsync("SELECT \"Document\" FROM \"recognitions\" LIMIT 0", ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Database.ExecuteSqlRawAsync(KeyTable, ct);
        await context.Database.ExecuteSqlRawAsync(
            "CREATE TABLE IF NOT EXISTS \"__EFMigrationsHistory\" (\"MigrationId\" TEXT NOT NULL CONSTRAINT \"PK___EFMigrationsHistory\" PRIMARY KEY, \"ProductVersion\" TEXT NOT NULL)", ct);
        await context.Database.ExecuteSqlAsync($"INSERT INTO \"__EFMigrationsHistory\" VALUES ({first}, {"10.0"})", ct);
        await transaction.CommitAsync(ct);
    }
}
