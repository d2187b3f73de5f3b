using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Storage.Sqlite;

/// <summary>The database of the output folder, which needs no installation.</summary>
internal sealed class SqliteDatabase : HistoryDatabase, IDisposable
{
    /// <summary>How long a caller waits for the lock of another program.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Longer than any transaction of this program takes, also while the disk is busy.</summary>
    private static readonly TimeSpan QueueTimeout = TimeSpan.FromSeconds(30);

    private readonly ServerFolder _folder;
    private readonly TimeProvider _time;
    private readonly HistoryFile _file;
    private readonly PooledDbContextFactory<SqliteContext> _contexts;

    // SQLite has one writer at a time, and those that wait for it poll; a queue in this process is faster and fair.
    private readonly SemaphoreSlim _writer = new(1);

    /// <param name="folder">The folder with the database.</param>
    /// <param name="time">The clock.</param>
    /// <param name="durable">Whether each commit waits for the disk, so that a power failure loses none.</param>
    public SqliteDatabase(ServerFolder folder, TimeProvider time, bool durable)
    {
        (_folder, _time, _file) = (folder, time, new(folder));
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = folder.Database,
            DefaultTimeout = (int)LockTimeout.TotalSeconds,
        };
        _contexts = new(new DbContextOptionsBuilder<SqliteContext>()
            .UseSqlite(connection.ConnectionString)
            // A test compares the model with its migrations. At each start, that would take longer than creating the database.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .AddInterceptors(durable ? [] : [new RelaxedDurability()]).Options);
    }

    /// <inheritdoc/>
    public override bool IsShared => false;

    /// <inheritdoc/>
    public override Task OpenAsync(CancellationToken ct) => ReadAsync(async context =>
    {
        await SqliteSchema.MigrateAsync(context, ct);
        _file.Remember();
        return true;
    });

    /// <inheritdoc/>
    public override HistoryContext CreateContext() => _contexts.CreateDbContext();

    /// <inheritdoc/>
    public override async Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read)
    {
        _file.RequireSame();
        try
        {
            await using var context = CreateContext();
            return await read(context);
        }
        catch (Exception failure) when (SqliteFailure.Of(failure, _folder.Database) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc/>
    public override async Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default)
    {
        // If another program locks the file, waiting callers fail soon after the first one instead of one after the other.
        if (!await _writer.WaitAsync(QueueTimeout, ct))
            throw HistoryErrors.Locked();
        try
        {
            return await ReadAsync(async context =>
            {
                // The SQLite provider starts the transaction as IMMEDIATE.
                await using var transaction = await context.Database.BeginTransactionAsync(ct);
                var result = await write(context);
                await transaction.CommitAsync(ct);
                return result;
            });
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc/>
    public override Task ProbeAsync(CancellationToken ct) => WriteAsync(_ => Task.FromResult(true), ct);

    /// <inheritdoc/>
    internal override Task<long> NowAsync(HistoryContext context, CancellationToken ct) =>
        Task.FromResult(_time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
