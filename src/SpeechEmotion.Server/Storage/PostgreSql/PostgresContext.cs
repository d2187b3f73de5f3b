using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>The database in PostgreSQL.</summary>
public sealed class PostgresContext(DbContextOptions<PostgresContext> options) : HistoryContext(options)
{
    /// <inheritdoc/>
    private protected override string LacksSegments => "NOT (\"SegmentsStored\")";

    /// <inheritdoc/>
    internal override Task InsertAsync(IReadOnlyList<BatchItemEntry> items, CancellationToken ct) =>
        PostgresItems.InsertAsync(this, items, ct);

    /// <inheritdoc/>
    internal override Task LockNewInstallationAsync(CancellationToken ct) =>
        Database.ExecuteSqlRawAsync("LOCK TABLE installation IN SHARE ROW EXCLUSIVE MODE", ct);

    /// <inheritdoc/>
    internal override Task ContinueNumbersAsync(CancellationToken ct) => Database.ExecuteSqlRawAsync(
        "SELECT setval(pg_get_serial_sequence('batches', 'Id'), coalesce(max(\"Id\") + 1, 1), false) FROM batches", ct);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // The order of the code points, as in SQLite and in C#: the order of a language would differ between machines.
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}
