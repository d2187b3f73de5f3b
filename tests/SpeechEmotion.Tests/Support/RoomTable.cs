namespace SpeechEmotion.Tests.Support;

/// <summary>The tables of rooms in the documentation: the first column has the room, the last one what it may use.</summary>
internal static class RoomTable
{
    private const string Root = "the root";

    /// <summary>The first table below the heading that names the project; of the page, the first table with a last column "may use".</summary>
    public static IReadOnlyList<Room> Read(string document, string project)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        var start = document.StartsWith("web/", StringComparison.Ordinal) ? 0 : Array.FindIndex(lines, line => line.StartsWith("## ", StringComparison.Ordinal) && line.EndsWith($"src/{project}`", StringComparison.Ordinal));
        return [.. lines.Skip(start).SkipWhile(line => !line.TrimEnd().EndsWith("| may use |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(Of)];
    }

    private static Room Of(string row)
    {
        var cells = row.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
        return new(NameOf(cells[0]), [.. cells[^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(NameOf)]);
    }

    private static string NameOf(string cell) => cell == Root ? "" : cell.Trim('`');
}
