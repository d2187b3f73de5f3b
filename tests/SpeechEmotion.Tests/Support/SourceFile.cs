using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Support;

/// <summary>A source file without comments and simple strings, since names in them are not uses.</summary>
internal sealed partial record SourceFile(string Name, string Code, int Lines)
{
    /// <summary>The project's folder.</summary>
    public string Project => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The first folder below the project; empty for the root.</summary>
    public string Room { get; } = Path.GetDirectoryName(Name)!.Split('/') is [_, var folder, ..] ? folder : "";

    public string? Namespace { get; } = NamespacePattern().Match(Code) is { Success: true } match ? match.Groups[1].Value : null;

    public string[] TopLevelTypes { get; } =
        [.. TypePattern().Matches(Code).Where(match => match.Groups[1].Length == 0).Select(match => match.Groups[2].Value)];

    public HashSet<string> Words { get; } = [.. WordPattern().Matches(Code).Select(match => match.Value)];

    /// <summary>The rooms of its using directives; the build rejects unnecessary ones.</summary>
    public IEnumerable<string> UsedRooms =>
        Regex.Matches(Code, $@"^using (?:static )?{Regex.Escape(Project)}\.(\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);

    /// <summary>Whether it names a type of a room without a using directive: a type of the root, or one qualified with the room.</summary>
    public bool Names(string room, string type) =>
        Regex.IsMatch(Code, room.Length == 0 ? $@"(?<!\.)\b{type}\b" : $@"\b{room}\.(?:\w+\.)*{type}\b");

    public static SourceFile[] ReadAll(string folder)
    {
        var root = Path.Combine(Repository.Root, folder);
        return [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(root, path).Split('/').Intersect(["bin", "obj"]).Any())
            .Select(path => Read(root, path))];
    }

    private static SourceFile Read(string root, string path)
    {
        var text = File.ReadAllText(path);
        return new(Path.GetRelativePath(root, path), NotCodePattern().Replace(text, ""), text.Count(c => c == '\n'));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);?", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(
        @"^( *)(?:(?:public|internal|private|protected|file|sealed|static|abstract|partial|readonly|unsafe|ref) )*"
        + @"(?:class|record struct|record|struct|interface|enum|delegate \S+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"\w+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"//.*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex NotCodePattern();
}
