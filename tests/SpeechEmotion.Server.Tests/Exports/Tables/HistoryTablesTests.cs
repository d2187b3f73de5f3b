using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Exports.Tables;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports.Tables;

public sealed class HistoryTablesTests
{
    [Fact]
    public void Tables_AreThoseOfTheContract()
    {
        var contract = JsonElement.Parse(File.ReadAllText(Path.Combine(Contract.Folder, "batch-tables.json")));
        var history = contract.GetProperty("history");
        var batch = contract.GetProperty("tables").EnumerateArray().ToDictionary(
            table => table.GetProperty("name").GetString()!, table => Columns(table.GetProperty("columns")));
        var without = Names(history.GetProperty("without"));
        var last = history.GetProperty("last");

        (string Name, (string, string, bool)[] Columns)[] tables =
        [
            Described(HistoryTables.Results()), Described(HistoryTables.Segments()), Described(HistoryTables.Transitions()),
            Described(HistoryTables.Failures("en")),
        ];

        tables.Select(table => table.Name).ShouldBe(Names(history.GetProperty("tables")));
        foreach (var (name, columns) in tables)
        {
            columns.ShouldBe(
                [
                    .. Columns(history.GetProperty("first")),
                    .. batch[name].Where(column => !without.Contains(column.Name)),
                    .. Names(last.GetProperty("tables")).Contains(name) ? Columns(last.GetProperty("columns")) : [],
                ],
                name);
        }
    }

    private static (string Name, (string Name, string Type, bool Nullable)[] Columns) Described<T>(ExportTable<T> table) =>
        (table.Name, [.. table.Columns.Select(column => (column.Name, column.Type, column.Nullable))]);

    private static (string Name, string Type, bool Nullable)[] Columns(JsonElement columns) => [.. columns.EnumerateArray().Select(
        column => (
            column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!,
            column.GetProperty("nullable").GetBoolean()))];

    private static string[] Names(JsonElement names) => [.. names.EnumerateArray().Select(name => name.GetString()!)];
}
