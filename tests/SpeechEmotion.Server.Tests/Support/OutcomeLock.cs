using Npgsql;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Blocks the storing of outcomes from an item on: their worker stays in the middle of its chunk.</summary>
internal sealed class OutcomeLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _holder;

    private OutcomeLock(NpgsqlConnection holder) => _holder = holder;

    /// <summary>Blocks the outcomes with this number and higher ones until the lock is disposed or the database ends.</summary>
    public static async Task<OutcomeLock> TakeAsync(PostgresServer postgres, string database, int number)
    {
        var holder = new NpgsqlConnection(postgres.ConnectionTo(database));
        await holder.OpenAsync();
#pragma warning disable CA2100 // The test itself provides the number.
        await using var command = new NpgsqlCommand(
            $"""
            CREATE FUNCTION hold_{number}() RETURNS trigger AS
                $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1, {number}); RETURN NEW; END $$ LANGUAGE plpgsql;
            CREATE TRIGGER hold_{number} BEFORE INSERT ON batch_outcomes
                FOR EACH ROW WHEN (NEW."Number" >= {number}) EXECUTE FUNCTION hold_{number}();
            SELECT pg_advisory_lock(1, {number});
            """,
            holder);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return new(holder);
    }

    public ValueTask DisposeAsync() => _holder.DisposeAsync();
}
