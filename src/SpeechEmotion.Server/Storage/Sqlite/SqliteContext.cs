using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Storage.Sqlite;

/// <summary>The database in SQLite.</summary>
public sealed class SqliteContext(DbContextOptions<SqliteContext> options) : HistoryContext(options)
{
    /// <inheritdoc/>
    private protected override string LacksSegments => "\"SegmentsStored\" = 0";

    /// <inheritdoc/>
    internal override Task InsertAsync(IReadOnlyList<BatchItemEntry> items, CancellationToken ct) =>
        SqliteItems.InsertAsync(this, items, ct);

    /// <inheritdoc/>
    internal override Task ContinueNumbersAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    internal override Task LockNewInstallationAsync(CancellationToken ct) => Task.CompletedTask;
}
