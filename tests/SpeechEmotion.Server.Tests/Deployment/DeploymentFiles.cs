using System.Collections;
using SpeechEmotion.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace SpeechEmotion.Server.Tests.Deployment;

/// <summary>The files of <c>deploy/</c>.</summary>
internal static class DeploymentFiles
{
    /// <summary>The folder.</summary>
    public static string Root { get; } = Path.Combine(Repository.Root, "deploy");

    /// <summary>Paths of files in a folder of <c>deploy/</c> and below it, relative to <c>deploy/</c>.</summary>
    public static IEnumerable<string> In(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path)).Order();

    /// <summary>The text of a file.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The documents of a YAML file, with anchors and merged mappings resolved.</summary>
    public static IReadOnlyList<YamlMap> Documents(string path)
    {
        var parser = new MergingParser(new Parser(new StringReader(Text(path))));
        var deserializer = new Deserializer();
        var documents = new List<YamlMap>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
            documents.Add(new(deserializer.Deserialize<IDictionary>(parser)));
        return documents;
    }
}
