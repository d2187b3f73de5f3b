using Npgsql;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>What a database says about itself, without a change to it.</summary>
/// <param name="Version">Version of PostgreSQL.</param>
/// <param name="RoundTrip">How long one request took.</param>
/// <param name="IsEncrypted">Whether the connection is encrypted.</param>
/// <param name="IsStandby">Whether it accepts no changes.</param>
/// <param name="MayCreate">Whether the user may create tables.</param>
/// <param name="MostConnections">How many connections it accepts.</param>
/// <param name="Connections">How many are open now, this one included.</param>
/// <param name="Now">The time of its clock.</param>
/// <param name="ReadAt">The time of this machine's clock at that moment.</param>
/// <param name="Tables">The tables in the schema of the user.</param>
internal sealed record PostgresFacts(
    string Version, TimeSpan RoundTrip, bool IsEncrypted, bool IsStandby, bool MayCreate, int MostConnections, int Connections,
    DateTimeOffset Now, DateTimeOffset ReadAt, IReadOnlyList<string> Tables)
{
    private const string Query =
        """
        SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false), pg_is_in_recovery(),
            coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
            (SELECT sum(numbackends)::int FROM pg_stat_database), clock_timestamp(),
            ARRAY(SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = current_schema())
        """;

    /// <summary>Connects once, and reads them.</summary>
    /// <exception cref="SpeechEmotion.Errors.SpeechEmotionException">
    /// The database cannot be used; the code starts with <c>history.</c>.
    /// </exception>
    public static async Task<PostgresFacts> ReadAsync(PostgresAddress address, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await using var source = new NpgsqlDataSourceBuilder(address.Connection).Build();
            await using var connection = await source.OpenConnectionAsync(ct);
            // The first query also loads the types of the database.
            await using (var first = new NpgsqlCommand(Query, connection))
                await first.ExecuteScalarAsync(ct);
            var begun = time.GetTimestamp();
            await using var command = new NpgsqlCommand(Query, connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            var (took, now) = (time.GetElapsedTime(begun), time.GetUtcNow());
            return new(
                connection.ServerVersion.Split(' ')[0], took, reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2),
                reader.GetInt32(3), reader.GetInt32(4), reader.GetFieldValue<DateTimeOffset>(5), now - (took / 2),
                reader.GetFieldValue<string[]>(6));
        }
        catch (Exception failure) when (PostgresFailure.Of(failure) is { } known)
        {
            throw known;
        }
    }
}
