using Npgsql;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>A lock of PostgreSQL that belongs to a connection: whichever way its program ends, another one gets it.</summary>
internal sealed class PostgresLeadership : Leadership
{
    // The number is one that no other program uses by chance.
    private const string Lock = "SELECT pg_try_advisory_lock(6009334920310095874)";
    private const string Unlock = "SELECT pg_advisory_unlock(6009334920310095874)";

    private readonly NpgsqlConnection _connection;

    private PostgresLeadership(NpgsqlConnection connection) => _connection = connection;

    /// <returns>Null if another program has the lock.</returns>
    public static async Task<PostgresLeadership?> TryBeginAsync(NpgsqlDataSource connections, CancellationToken ct)
    {
        var connection = await connections.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(Lock, connection);
            if (await command.ExecuteScalarAsync(ct) is true)
                return new(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public override async Task RequireAsync(CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT 1", _connection);
            await command.ExecuteScalarAsync(ct);
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
            await using var command = new NpgsqlCommand(Unlock, _connection);
            await command.ExecuteScalarAsync();
        }
        catch (Exception failure) when (PostgresFailure.Of(failure) is not null)
        {
            // The lock ends with the connection.
        }
        await _connection.DisposeAsync();
    }
}
