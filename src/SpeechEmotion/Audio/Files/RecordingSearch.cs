using System.IO.Enumeration;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Results;

namespace SpeechEmotion.Audio.Files;

/// <summary>
/// Searches a folder and its subfolders for recordings, file by file, in the ordinal order of the paths. It keeps the names of one
/// folder at each depth, so its memory is bounded by the largest folders, not by the number of files. Hidden files and the output of an
/// earlier run are skipped.
/// </summary>
internal static class RecordingSearch
{
    /// <summary>Ends the names of folders in a sorted list: "a.wav" is before "a/b.wav", as in a sorted list of whole paths.</summary>
    private const char FolderMark = '/';

    /// <summary>Finds all files. Unreadable entries do not stop the search.</summary>
    /// <param name="folder">The folder, whose name begins all paths.</param>
    /// <param name="isLeftOut">Whether a subfolder, given by its path, is neither searched nor reported; null to search all.</param>
    /// <param name="ct">Cancels the search.</param>
    public static IEnumerable<FoundFile> Files(string folder, Func<string, bool>? isLeftOut, CancellationToken ct)
    {
        var open = new Stack<(string Path, IEnumerator<string> Names)>();
        if (NamesIn(folder) is { } names)
            open.Push((folder, names.GetEnumerator()));
        else
            yield return new(folder, IsRecording: false) { IsUnreadable = true };
        while (open.TryPeek(out var level))
        {
            ct.ThrowIfCancellationRequested();
            if (!level.Names.MoveNext())
            {
                open.Pop();
                continue;
            }
            var name = level.Names.Current;
            var path = Path.Join(level.Path, name.AsSpan().TrimEnd(FolderMark));
            if (!name.EndsWith(FolderMark))
                yield return new(path, IsRecording(path));
            else if (isLeftOut?.Invoke(path) is true)
                continue;
            else if (NamesIn(path) is { } inner)
                open.Push((path, inner.GetEnumerator()));
            else
                // Two names that are not UTF-8 may look alike; neither can be opened.
                yield return new(path, IsRecording: false) { IsUnreadable = !UnreadableName.Is(path) };
        }
    }

    /// <summary>The sorted names in a folder; null if it cannot be listed.</summary>
    private static List<string>? NamesIn(string path)
    {
        using var named = UnreadableName.Is(path) && !Directory.Exists(path) ? UnreadableName.Open(path) : null;
        if (named is null && UnreadableName.Is(path) && !Directory.Exists(path))
            return null;
        using var listing = new Listing(named?.Path ?? path);
        List<string> names = [];
        while (listing.MoveNext())
            names.Add(listing.Current);
        if (listing.Failed && names.Count == 0)
            return null;
        names.Sort(StringComparer.Ordinal);
        return names;
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
        folder, new EnumerationOptions { IgnoreInaccessible = false })
    {
        private bool? _isOutput;

        /// <summary>Whether the folder, or a part of it, could not be listed.</summary>
        public bool Failed { get; private set; }

        protected override string TransformEntry(ref FileSystemEntry entry) =>
            entry.IsDirectory ? string.Concat(entry.FileName, [FolderMark]) : entry.FileName.ToString();

        // A link to a parent folder would cause an endless loop.
        protected override bool ShouldIncludeEntry(ref FileSystemEntry entry) =>
            entry.IsDirectory ? !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) : !IsOurs(ref entry);

        // A folder that is removed during the search does not stop it.
        protected override bool ContinueOnError(int error) => Failed = true;

        /// <summary>Whether an earlier run wrote the file, which is then neither processed again nor counted.</summary>
        private bool IsOurs(ref FileSystemEntry entry) =>
            !(RecordingExtensions.Fit(entry.FileName) && !entry.FileName.SequenceEqual(ResultFiles.ProcessedAudio))
            && (_isOutput ??= File.Exists(Path.Join(entry.Directory, ResultFiles.Result)));
    }
}
