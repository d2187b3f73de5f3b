namespace SpeechEmotion.Tests.Support;

/// <summary>The dependency tables in the documentation: the first column has the folder, the last one those that it may use.</summary>
internal static class RoomTable
{
    private const string Root = "the root";

    /// <summary>
    /// Reads the first table below the project's heading; for the page, the first table whose last column is "may use".
    /// </summary>
    public static IReadOnlyList<Room> Read(string document, string project)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        var start = document.StartsWith("web/", StringComparison.Ordinal) ? 0 : Array.FindIndex(
            lines,
            line => line.StartsWith("## ", StringComparison.Ordinal) && line.EndsWith($"src/{project}`", StringComparison.Ordinal));
        return [.. lines.Skip(start).SkipWhile(line => !line.TrimEnd().EndsWith("| may use |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(Of)];
    }

    private static Room Of(string row)
    {
        var cells = row.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
        return new(
            NameOf(cells[0]),
            [.. cells[^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(NameOf)]);
    }

    private static string NameOf(string cell) => cell == Root ? "" : cell.Trim('`');
}
