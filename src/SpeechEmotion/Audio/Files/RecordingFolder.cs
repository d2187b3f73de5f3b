using System.IO.Enumeration;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Results;

namespace SpeechEmotion.Audio.Files;

/// <summary>
/// The recordings of a folder and its subfolders: files with the content of a recording, or with its extension, so that a damaged
/// recording is reported. Hidden files and the output of an earlier run are skipped.
/// </summary>
/// <param name="Recordings">The paths below the folder name that was given, sorted.</param>
/// <param name="LeftOut">The other files, sorted.</param>
public sealed record RecordingFolder(IReadOnlyList<string> Recordings, IReadOnlyList<string> LeftOut)
{

    /// <summary>Searches a folder. Unreadable entries do not stop the search.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="ct">Cancels the search.</param>
    public static RecordingFolder Read(string path, CancellationToken ct = default)
    {
        List<string> recordings = [], others = [];
        foreach (var file in FilesOf(path, path, ct))
        {
            ct.ThrowIfCancellationRequested();
            (IsRecording(file) ? recordings : others).Add(file);
        }
        recordings.Sort(StringComparer.Ordinal);
        others.Sort(StringComparer.Ordinal);
        return new(recordings, others);
    }

    /// <param name="path">The path at which the folder can be read.</param>
    /// <param name="shown">The path that the results show.</param>
    /// <param name="ct">Cancels the search.</param>
    private static List<string> FilesOf(string path, string shown, CancellationToken ct)
    {
        using var listing = new Listing(path);
        List<string> files = [];
        while (listing.MoveNext())
        {
            ct.ThrowIfCancellationRequested();
            files.Add(Path.Join(shown, Path.GetRelativePath(path, listing.Current)));
        }
        foreach (var folder in listing.Unreadable)
        {
            using var found = UnreadableName.Open(folder);
            var name = Path.Join(shown, Path.GetRelativePath(path, folder));
            if (found is null)
                files.Add(name);
            else
                files.AddRange(FilesOf(found.Path, name, ct));
        }
        return files;
    }

    private static bool IsRecording(string path)
    {
        if (RecordingExtensions.Fit(path))
            return true;
        try
        {
            using var named = UnreadableName.Is(path) && !File.Exists(path) ? UnreadableName.Open(path) : null;
            var source = new AudioInput(named?.Path ?? path, path, AudioLimits.Default);
            // The writer of a pipe in the folder may never start.
            if (!RegularFile.Is(source.Path))
                return false;
            using var file = source.OpenBytes();
            return AudioSniffer.Sniff(file).Container is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed class Listing(string folder) : FileSystemEnumerator<string>(
        folder, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
    {
        /// <summary>Folders that .NET cannot open.</summary>
        public List<string> Unreadable { get; } = [];

        protected override string TransformEntry(ref FileSystemEntry entry) => entry.ToSpecifiedFullPath();

        protected override bool ShouldIncludeEntry(ref FileSystemEntry entry) => !entry.IsDirectory && !IsOurs(ref entry);

        protected override bool ShouldRecurseIntoEntry(ref FileSystemEntry entry)
        {
            // A link to a parent folder would cause an endless loop.
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                return false;
            var path = entry.ToSpecifiedFullPath();
            if (!UnreadableName.Is(path) || Directory.Exists(path))
                return true;
            Unreadable.Add(path);
            return false;
        }

        // A folder that is removed during the search does not stop it.
        protected override bool ContinueOnError(int error) => true;

        /// <summary>Whether an earlier run wrote the file, which is then neither processed again nor counted.</summary>
        private static bool IsOurs(ref FileSystemEntry entry) =>
            !(RecordingExtensions.Fit(entry.FileName) && !entry.FileName.SequenceEqual(ResultFiles.ProcessedAudio))
            && File.Exists(Path.Join(entry.Directory, ResultFiles.Result));
    }
}
