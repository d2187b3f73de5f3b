using Npgsql;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>A lock of PostgreSQL that belongs to a connection: whichever way its program ends, another one gets it.</summary>
internal sealed class PostgresLeadership : Leadership
{
    // The number is one that no other program uses by chance.
    private const string Lock = "SELECT pg_try_advisory_lock(6009334920310095874)";

    /// <summary>PostgreSQL does not notice by itself that the machine of a connection is gone.</summary>
    private const string Limit = "SET idle_session_timeout = '30s'";

    private const string Unlock = "SELECT pg_advisory_unlock(6009334920310095874); RESET idle_session_timeout";

    /// <summary>Seconds until a command fails: this program must notice soon that it leads no more.</summary>
    private const int Patience = 5;

    private readonly NpgsqlConnection _connection;

    private PostgresLeadership(NpgsqlConnection connection) => _connection = connection;

    /// <returns>Null if another program has the lock.</returns>
    public static async Task<PostgresLeadership?> TryBeginAsync(NpgsqlDataSource connections, CancellationToken ct)
    {
        var leadership = new PostgresLeadership(await connections.OpenConnectionAsync(ct));
        try
        {
            if (await leadership.ExecuteAsync(Lock, ct) is true)
            {
                await leadership.ExecuteAsync(Limit, ct);
                return leadership;
            }
        }
        catch
        {
            await leadership.DisposeAsync();
            throw;
        }
        await leadership._connection.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public override async Task RequireAsync(CancellationToken ct)
    {
        try
        {
            await ExecuteAsync("SELECT 1", ct);
        }
        catch (Exception failure) when (PostgresFailure.Of(failure) is { } known)
        {
            throw known;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await ExecuteAsync(Unlock, CancellationToken.None);
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            // The lock ends with the connection, which may be sound: only the command was too slow.
            NpgsqlConnection.ClearPool(_connection);
        }
        await _connection.DisposeAsync();
    }

    private async Task<object?> ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = Patience };
        return await command.ExecuteScalarAsync(ct);
    }
}
