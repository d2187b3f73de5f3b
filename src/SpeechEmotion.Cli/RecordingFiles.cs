using System.IO.Enumeration;

namespace SpeechEmotion.Cli;

/// <summary>The recordings that a command line names.</summary>
internal static class RecordingFiles
{
    /// <summary>
    /// In a folder only files that look like recordings by name are taken, so that a cover picture or a text beside them is
    /// no error; a file that is named itself is always tried.
    /// </summary>
    private static readonly HashSet<string> Extensions = new(
        [
            ".wav", ".mp3", ".m4a", ".flac", ".ogg", ".oga", ".opus", ".aac", ".wma", ".amr", ".webm", ".3gp", ".mp4", ".mov",
            ".mkv", ".avi", ".aif", ".aiff", ".aifc", ".au", ".snd", ".ac3", ".w64", ".rf64", ".m4b", ".mka", ".flv", ".caf",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Files in the order of the command line; those of a folder and its subfolders by name.</summary>
    public static IEnumerable<string> Expand(IEnumerable<string> inputs) =>
        inputs.SelectMany(input => input != "-" && Directory.Exists(input) ? InFolder(input) : [input]);

    private static IEnumerable<string> InFolder(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var files = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), options)
        {
            ShouldIncludePredicate = IsRecording,
            // A link to a folder above would lead round and round.
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return files.Order(StringComparer.Ordinal);
    }

    private static bool IsRecording(ref FileSystemEntry entry) =>
        !entry.IsDirectory
        && Extensions.Contains(Path.GetExtension(entry.FileName).ToString())
        && !IsOurs(ref entry);

    /// <summary>What an earlier run wrote below the folder is not asked for again.</summary>
    private static bool IsOurs(ref FileSystemEntry entry) =>
        entry.FileName.SequenceEqual("processed_audio.wav") && File.Exists(Path.Join(entry.Directory, "result.json"));
}
