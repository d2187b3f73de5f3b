using SpeechEmotion.Audio.Files;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Sources;

/// <summary>The recordings of a folder and its subfolders.</summary>
internal static class FolderSource
{
    /// <summary>Reads the recordings in the ordinal order of their paths, except those in the folders of the batch itself.</summary>
    public static IEnumerable<SourceItem> Read(string folder, SourceOptions options, CancellationToken ct)
    {
        string[] own = [.. new[] { options.Output, options.UnpackTo }.OfType<string>().Select(Path.GetFullPath)];
        foreach (var file in RecordingSearch.Files(folder, path => own.Any(output => IsSame(path, output)), ct))
        {
            if (file.IsUnreadable)
                options.Report.LeaveOutFolder(file.Path);
            else if (!file.IsRecording)
                options.Report.LeaveOut(file.Path);
            else
                yield return SourceFile.Describe(file.Path, Path.GetFullPath(file.Path));
        }
    }

    /// <summary>Whether two paths lead to the same folder, perhaps through links above it.</summary>
    private static bool IsSame(string path, string output) =>
        Path.GetFullPath(path) == output || (PlainFile.IdentityOf(output) is { } identity && PlainFile.IdentityOf(path) == identity);
}
