using SpeechEmotion.Graphs;

namespace SpeechEmotion.Models;

/// <summary>What a model was imported from; enough to tell without reading it whether it is still the same.</summary>
/// <param name="Directory">Full path of the FunASR folder.</param>
/// <param name="Files">The checkpoint, the configuration and the tokens.</param>
/// <param name="GraphVersion">Version of the graph writer.</param>
/// <param name="Address">Where it was downloaded from; null where a folder was given.</param>
public sealed record ModelSource(string Directory, IReadOnlyList<SourceFile> Files, int GraphVersion, string? Address = null)
{
    /// <summary>
    /// False where a file has changed since the import, or the graph writer has. A folder that is gone, on a drive that is
    /// not mounted say, counts as unchanged: the import still stands.
    /// </summary>
    public bool IsCurrent =>
        Files.All(file => !File.Exists(file.Path) || file.IsUnchanged)
        && (GraphVersion == Emotion2vecGraph.Version || !File.Exists(Files[0].Path));
}
