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
        return Directory.EnumerateFiles(folder, "*", options)
            .Where(file => Extensions.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal);
    }
}
