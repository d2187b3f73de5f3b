using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>
/// The compiler lets every namespace use every other; these read the sources and let only the drawn arrows through.
/// </summary>
public sealed partial class ArchitectureTests
{
    private const int MaxLines = 400;

    /// <summary>What a folder of the library may use; Errors is free to all, "" is the library's root, which may use everything.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Errors"] = [],
        ["Audio"] = [],
        ["Checkpoints"] = [],
        ["Results"] = [],
        ["Storage"] = [],
        ["Graphs"] = ["Checkpoints"],
        ["Models"] = ["Graphs", "Checkpoints", "Results", "Storage"],
        ["Downloads"] = ["Models", "Checkpoints", "Results", "Calibration"],
        ["Calibration"] = ["Audio", "Models", "Graphs", "Results"],
        ["Segments"] = ["Models", "Results"],
        ["Quality"] = ["Results"],
        ["Outputs"] = ["Results", "Storage"],
        // It runs the pipeline again, which is the root.
        ["Verification"] = ["", "Audio", "Calibration", "Models", "Outputs", "Results"],
        // They measure the pipeline as a whole, which is the root.
        ["Benchmarks"] = ["", "Graphs", "Models", "Outputs"],
    };

    private static readonly string Source = Path.Combine(Repository.Root, "src");

    private static readonly string Library = Path.Combine(Source, "SpeechEmotion");

    private static readonly SourceFile[] Files = [.. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(Source, path).Split('/').Intersect(["bin", "obj"]).Any())
        .Select(SourceFile.Read)];

    [Fact]
    public void Folders_AreThoseThatArrowsAreDrawnFor() => Directory.GetDirectories(Library).Select(Path.GetFileName)
        .Except(["bin", "obj"]).Order(StringComparer.Ordinal).ShouldBe(Arrows.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Folder_MentionsOnlyWhatItMayUse()
    {
        var declared = Files.Where(file => file.InLibrary).SelectMany(file => file.Types, (file, type) => (file.Folder, type)).ToArray();
        var found = new List<string>();
        foreach (var (folder, allowed) in Arrows)
        {
            string[] forbidden = [.. Arrows.Keys.Append("").Except([.. allowed, folder, "Errors"])];
            var types = declared.Where(pair => forbidden.Contains(pair.Folder)).Select(pair => pair.type)
                .Except(declared.Where(pair => !forbidden.Contains(pair.Folder)).Select(pair => pair.type)).ToHashSet();
            foreach (var file in Files.Where(file => file.InLibrary && file.Folder == folder))
            {
                found.AddRange(file.Words.Where(types.Contains).Select(type => $"{file.Name} mentions {type}"));
                found.AddRange(forbidden.Where(other => other.Length > 0 && file.Names($"SpeechEmotion.{other}"))
                    .Select(other => $"{file.Name} names SpeechEmotion.{other}"));
            }
        }
        found.ShouldBeEmpty();
    }

    [Fact]
    public void Library_KnowsNoConsoleServerOrCommand() => Files.Where(file => file.InLibrary)
        .SelectMany(
            file => ((string[])["Console", "AspNetCore", "Cli"]).Where(file.Words.Contains),
            (file, word) => $"{file.Name} mentions {word}")
        .ShouldBeEmpty();

    [Fact]
    public void Cli_KnowsNoServer() => Files
        .Where(file => file.Name.StartsWith("SpeechEmotion.Cli/", StringComparison.Ordinal) && file.Words.Contains("AspNetCore")).ShouldBeEmpty();

    [Fact]
    public void File_HasAtMostOneTypeOfItsNameForOthers()
    {
        foreach (var file in Files.Where(file => file.TopLevelTypes.Length > 0))
            file.TopLevelTypes.ShouldBe([Path.GetFileNameWithoutExtension(file.Name)], file.Name);
    }

    [Fact]
    public void File_NamespaceIsItsFolder()
    {
        foreach (var file in Files.Where(file => !file.Name.EndsWith("/Program.cs", StringComparison.Ordinal)))
            file.Namespace.ShouldBe(Path.GetDirectoryName(file.Name)!.Replace('/', '.'), file.Name);
    }

    [Fact]
    public void File_IsNotLong() => Files.Where(file => file.Lines > MaxLines).Select(file => file.Name).ShouldBeEmpty();

    private sealed partial record SourceFile(string Name, string Code, int Lines)
    {
        public bool InLibrary => Name.StartsWith("SpeechEmotion/", StringComparison.Ordinal);

        public string Folder { get; } = Path.GetDirectoryName(Name)!.Split('/') is [_, var folder, ..] ? folder : "";

        public string? Namespace { get; } = NamespacePattern().Match(Code) is { Success: true } match ? match.Groups[1].Value : null;

        /// <summary>Every type that is declared in it, inner ones too.</summary>
        public string[] Types { get; } = [.. TypePattern().Matches(Code).Select(match => match.Groups[2].Value)];

        public string[] TopLevelTypes { get; } =
            [.. TypePattern().Matches(Code).Where(match => match.Groups[1].Length == 0).Select(match => match.Groups[2].Value)];

        public HashSet<string> Words { get; } = [.. WordPattern().Matches(Code).Select(match => match.Value)];

        public static SourceFile Read(string path)
        {
            var text = File.ReadAllText(path);
            return new(Path.GetRelativePath(Source, path), NotCodePattern().Replace(text, ""), text.Count(c => c == '\n'));
        }

        public bool Names(string @namespace) => Regex.IsMatch(Code, $@"\b{Regex.Escape(@namespace)}\b");

        [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex NamespacePattern();

        [GeneratedRegex(
            @"^( *)(?:(?:public|internal|private|protected|file|sealed|static|abstract|partial|readonly|unsafe|ref) )*(?:class|record struct|record|struct|interface|enum|delegate \S+) (\w+)",
            RegexOptions.Multiline)]
        private static partial Regex TypePattern();

        [GeneratedRegex(@"\w+")]
        private static partial Regex WordPattern();

        /// <summary>Comments and simple texts: what they mention is not used.</summary>
        [GeneratedRegex(@"//.*|""(?:[^""\\\n]|\\.)*""")]
        private static partial Regex NotCodePattern();
    }
}
