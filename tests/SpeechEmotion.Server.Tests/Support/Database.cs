using Microsoft.Data.Sqlite;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Changes the database of a server directly.</summary>
internal static class Database
{
    public static Task ExecuteAsync(RunningServer server, string sql, string? id = null) => ExecuteAsync(server.Output, sql, id);

    /// <summary>Changes the database of an output folder.</summary>
    public static async Task ExecuteAsync(string output, string sql, string? id = null)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(output, ".ser", "history.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test itself provides the SQL.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (id is not null)
            command.Parameters.AddWithValue("$id", id);
        await command.ExecuteNonQueryAsync();
    }
}
