using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// The database of the output folder. Each use gets a context of its own, and errors of SQLite become errors that include the remedy.
/// </summary>
/// <remarks>
/// All methods may throw a <see cref="Http.RequestException"/> with a code that starts with <c>history.</c> (503), or an
/// <see cref="OutputException"/> with the code <c>output.disk_full</c>.
/// </remarks>
public sealed class HistoryDatabase(IDbContextFactory<HistoryContext> contexts, ServerFolder folder) : IDisposable
{
    /// <summary>Longer than any transaction of this program takes, also while the disk is busy.</summary>
    private static readonly TimeSpan QueueTimeout = TimeSpan.FromSeconds(30);

    private readonly HistoryFile _file = new(folder);

    // SQLite has one writer at a time, and those that wait for it poll; a queue in this process is faster and fair.
    private readonly SemaphoreSlim _writer = new(1);

    /// <summary>Creates or migrates the database.</summary>
    public Task OpenAsync(CancellationToken ct) => ReadAsync(async context =>
    {
        await HistorySchema.MigrateAsync(context, ct);
        _file.Remember();
        return true;
    });

    /// <summary>Runs queries.</summary>
    public async Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read)
    {
        _file.RequireSame();
        try
        {
            await using var context = await contexts.CreateDbContextAsync();
            return await read(context);
        }
        catch (Exception failure) when (HistoryFailure.Of(failure, folder.Database) is not null)
        {
            throw HistoryFailure.Of(failure, folder.Database)!;
        }
    }

    /// <summary>Runs changes in one transaction, after those of earlier callers. An exception discards them.</summary>
    public async Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default)
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
    public void Dispose() => _writer.Dispose();
}
