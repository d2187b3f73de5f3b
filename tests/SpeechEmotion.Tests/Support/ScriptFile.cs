using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Support;

/// <summary>A source file of the web page.</summary>
/// <param name="Name">Its path below <c>web/src</c>.</param>
/// <param name="Text">Its text.</param>
internal sealed partial record ScriptFile(string Name, string Text)
{
    /// <summary>Returns the file's room, a folder of the table: the longest one that contains the file.</summary>
    public string Room(IReadOnlyList<Room> rooms) => RoomOf(Name, rooms);

    /// <summary>Returns the rooms that it imports from: <c>@/room/file</c>.</summary>
    public IEnumerable<string> Imports(IReadOnlyList<Room> rooms) =>
        ImportPattern().Matches(Text).Select(match => RoomOf(match.Groups[1].Value, rooms));

    /// <summary>Whether it imports from above its folder by a relative path, which <see cref="Imports"/> does not see.</summary>
    public bool LeavesItsFolder => RelativePattern().IsMatch(Text);

    public static ScriptFile[] ReadAll(string folder)
    {
        var root = Path.Combine(Repository.Root, folder);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".ts" or ".vue" or ".js" or ".css"
                && !path.Contains("/generated/", StringComparison.Ordinal))
            .Select(path => new ScriptFile(Path.GetRelativePath(root, path), File.ReadAllText(path)))];
    }

    private static string RoomOf(string path, IReadOnlyList<Room> rooms) =>
        rooms.Select(room => room.Name)
            .Where(room => path.StartsWith(room + "/", StringComparison.Ordinal))
            .MaxBy(room => room.Length) ?? path;

    [GeneratedRegex(@"['""]@/([^'""]+)['""]")]
    private static partial Regex ImportPattern();

    [GeneratedRegex(@"['""]\.\./")]
    private static partial Regex RelativePattern();
}
