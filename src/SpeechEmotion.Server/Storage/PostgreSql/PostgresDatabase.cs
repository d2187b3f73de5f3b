using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>A database that servers and workers use at the same time.</summary>
internal sealed class PostgresDatabase : HistoryDatabase, IDisposable
{
    private const string Clock = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS \"Value\"";

    private const string Channel = "speech_emotion";

    private const string IsStandby = "SELECT pg_is_in_recovery() AS \"Value\"";

    /// <summary>How long a caller waits for a database that restarts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly string _name;
    private readonly NpgsqlDataSource _connections;
    private readonly PooledDbContextFactory<PostgresContext> _contexts;
    private readonly TimeProvider _time;

    public PostgresDatabase(PostgresAddress address, TimeProvider time)
    {
        (_name, _time) = (address.Name, time);
        _connections = new NpgsqlDataSourceBuilder(address.Connection).Build();
        _contexts = new(new DbContextOptionsBuilder<PostgresContext>()
            .UseNpgsql(_connections)
            // A test compares the model with its migrations. At each start, that would take longer than the migration.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .AddInterceptors(new RowLocks()).Options);
    }

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override async Task OpenAsync(CancellationToken ct)
    {
        try
        {
            await ReadAsync(async context =>
            {
                await PostgresSchema.MigrateAsync((PostgresContext)context, ct);
                return true;
            });
        }
        catch (RequestException failure)
        {
            // Only the operator sees this one, and has several databases, perhaps.
            throw PostgresErrors.At(_name, failure);
        }
    }

    /// <inheritdoc/>
    public override HistoryContext CreateContext()
    {
        var context = _contexts.CreateDbContext();
        // A failed change discards the whole transaction.
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }

    /// <inheritdoc/>
    public override Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read) => TryAsync(read, CancellationToken.None);

    /// <inheritdoc/>
    public override Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default) =>
        TryAsync(context => CommitAsync(context, write, ct), ct);

    /// <inheritdoc/>
    internal override Task<long> NowAsync(HistoryContext context, CancellationToken ct) =>
        context.Database.SqlQueryRaw<long>(Clock).SingleAsync(ct);

    /// <inheritdoc/>
    public override async Task ProbeAsync(CancellationToken ct)
    {
        try
        {
            await using var context = CreateContext();
            if (await context.Database.SqlQueryRaw<bool>(IsStandby).SingleAsync(ct))
                throw PostgresErrors.ReadOnly(null);
        }
        catch (Exception failure) when (PostgresFailure.Of(failure) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc/>
    internal override Task PostAsync(string[] texts) =>
        ReadAsync(context => context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, text) FROM unnest({texts}) AS text"));

    /// <inheritdoc/>
    internal override async Task ListenAsync(Action<string?> received, CancellationToken ct)
    {
        try
        {
            await using var connection = await _connections.OpenConnectionAsync(ct);
            connection.Notification += (_, notice) => received(notice.Payload);
            await using (var command = new NpgsqlCommand($"LISTEN {Channel}", connection))
                await command.ExecuteNonQueryAsync(ct);
            received(null);
            while (true)
                await connection.WaitAsync(ct);
        }
        catch (Exception failure) when (PostgresFailure.Of(failure) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc/>
    internal override async Task<Leadership?> TryLeadAsync(CancellationToken ct)
    {
        try
        {
            return await PostgresLeadership.TryBeginAsync(_connections, ct);
        }
        catch (Exception failure) when (PostgresFailure.Of(failure) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();

    private static async Task<T> CommitAsync<T>(HistoryContext context, Func<HistoryContext, Task<T>> write, CancellationToken ct)
    {
        // A server may have another default.
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var result = await write(context);
        try
        {
            // Without the token: a commit that is cancelled may have happened.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException failure)
        {
            // The database may have committed before the connection broke; another attempt could do the changes twice.
            throw PostgresErrors.Uncertain(failure);
        }
        return result;
    }

    private async Task<T> TryAsync<T>(Func<HistoryContext, Task<T>> use, CancellationToken ct)
    {
        var begun = _time.GetTimestamp();
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using var context = CreateContext();
                return await use(context);
            }
            catch (Exception failure) when (PostgresFailure.IsTransient(failure) && _time.GetElapsedTime(begun) < Patience)
            {
                // Not all at the same moment.
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), _time, ct);
            }
            catch (Exception failure) when (PostgresFailure.Of(failure) is { } known)
            {
                throw known;
            }
        }
    }
}
