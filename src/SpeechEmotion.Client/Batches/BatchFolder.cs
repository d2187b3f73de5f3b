using SpeechEmotion.Client.Options;

namespace SpeechEmotion.Client.Batches;

/// <summary>The recordings of a folder on this machine.</summary>
internal static class BatchFolder
{
    private static readonly EnumerationOptions Visible = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };

    /// <summary>Lists the files of a folder and its subfolders that have the name of a recording, while they are read.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extensions">The extensions of recordings, with the dot.</param>
    public static IEnumerable<BatchRecording> Recordings(string folder, IEnumerable<string> extensions)
    {
        var known = extensions.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Directory.EnumerateFiles(folder, "*", Visible).Where(path => known.Contains(Path.GetExtension(path)))
            .Select(path => new BatchRecording(path, Path.GetRelativePath(folder, path).Replace('\\', '/')));
    }

    /// <summary>The size of a recording in bytes; 0 if it does not exist, which sending it reports.</summary>
    public static long SizeOf(BatchRecording recording) => new FileInfo(recording.Path) is { Exists: true, Length: var size } ? size : 0;
}
