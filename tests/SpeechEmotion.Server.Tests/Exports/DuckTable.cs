using DuckDB.NET.Data;

namespace SpeechEmotion.Server.Tests.Exports;

/// <summary>Reads exported files with DuckDB, a program that did not write them.</summary>
internal static class DuckTable
{
    /// <summary>The file as a table of a query; every column of a CSV file is text.</summary>
    public static string Of(string path) => path.EndsWith(".csv", StringComparison.Ordinal)
        ? $"read_csv('{path}', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"
        : $"read_parquet('{path}')";

    /// <summary>The rows of a query; null for no value.</summary>
    public static object?[][] Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test itself provides the SQL.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return [.. rows];
    }

    /// <summary>The single value of a query.</summary>
    public static object? Value(string sql) => Query(sql).Single().Single();

    /// <summary>Names and types of the columns.</summary>
    public static IReadOnlyList<(string Name, string Type)> Columns(string path) =>
        [.. Query($"DESCRIBE SELECT * FROM {Of(path)}").Select(row => ((string)row[0]!, (string)row[1]!))];
}
