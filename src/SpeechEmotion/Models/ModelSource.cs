using SpeechEmotion.Graphs;

namespace SpeechEmotion.Models;

/// <summary>The source of an imported model, with enough data to detect changes without reading the files.</summary>
/// <param name="Directory">The full path of the FunASR folder.</param>
/// <param name="Files">The checkpoint, the configuration and the tokens.</param>
/// <param name="GraphVersion">The version of the graph writer.</param>
/// <param name="Address">The address of the download; null if the user passed a folder.</param>
public sealed record ModelSource(string Directory, IReadOnlyList<SourceFile> Files, int GraphVersion, string? Address = null)
{
    /// <summary>
    /// False if a file or the graph writer has changed since the import. A missing folder, for example on a drive that is not mounted,
    /// counts as unchanged: the import remains valid.
    /// </summary>
    public bool IsCurrent =>
        Files.All(file => !File.Exists(file.Path) || file.IsUnchanged)
        && (GraphVersion == Emotion2vecGraph.Version || !File.Exists(Files[0].Path));
}
