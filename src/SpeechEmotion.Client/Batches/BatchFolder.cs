using System.IO.Enumeration;
using SpeechEmotion.Client.Connection;
using SpeechEmotion.Client.Options;

namespace SpeechEmotion.Client.Batches;

/// <summary>The recordings of a folder on this machine.</summary>
internal static class BatchFolder
{
    private static readonly EnumerationOptions Visible = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        // A folder that cannot be read must not look like one without recordings.
        IgnoreInaccessible = false,
    };

    /// <summary>Lists the files of a folder and its subfolders that have the name of a recording, while they are read.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extensions">The extensions of recordings, with the dot.</param>
    /// <exception cref="IOException">The folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public static IEnumerable<BatchRecording> Recordings(string folder, IEnumerable<string> extensions)
    {
        var known = extensions.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new FileSystemEnumerable<BatchRecording>(folder, (ref entry) => RecordingOf(folder, entry.ToFullPath()), Visible)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && known.Contains(Path.GetExtension(entry.FileName).ToString()),
            // A link to a folder may lead back to one above it.
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
    }

    /// <summary>The size of a recording in bytes; 0 if it cannot be read, which sending it reports.</summary>
    public static long SizeOf(BatchRecording recording)
    {
        try
        {
            return RecordingSource.LengthOf(recording.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static BatchRecording RecordingOf(string folder, string path) =>
        new(path, Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'));
}
