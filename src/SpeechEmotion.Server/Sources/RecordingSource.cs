using SpeechEmotion.Server.Sources.Archives;
using SpeechEmotion.Server.Sources.Manifests;

namespace SpeechEmotion.Server.Sources;

/// <summary>
/// Turns what a user names into a stream of recordings: files, folders, archives, manifests, and <c>-</c> for a list on standard input.
/// </summary>
public static class RecordingSource
{
    /// <summary>
    /// Reads sources one after another while the items are taken: memory does not grow with their number. Reading the same sources again
    /// gives the same items in the same order.
    /// </summary>
    /// <param name="sources">
    /// What the user named. An archive is recognized by its content, a manifest by its extension (.csv, .tsv, .jsonl, .ndjson, .scp);
    /// any other file is a recording.
    /// </param>
    /// <param name="options">How to read them.</param>
    /// <param name="ct">Cancels the reading, also between two items.</param>
    /// <returns>
    /// The items. The enumeration itself throws a <see cref="SourceException"/> if a manifest or an archive cannot be read further, and an
    /// <see cref="Errors.OutputException"/> (<c>output.disk_full</c>, <c>output.not_writable</c>) if an archive cannot be unpacked; the
    /// items before stay valid.
    /// </returns>
    /// <exception cref="SourceException"><c>source.not_found</c>, before anything is read.</exception>
    public static IEnumerable<SourceItem> Read(IEnumerable<string> sources, SourceOptions options, CancellationToken ct = default)
    {
        // Two spellings of one archive would share its unpacked recordings.
        string[] named = [.. sources.DistinctBy(source => source == SourceFile.StandardInput ? source : Path.GetFullPath(source))];
        foreach (var source in named)
        {
            if (source != SourceFile.StandardInput && !SourceFile.Exists(source))
                throw SourceErrors.NotFound(source);
        }
        return named.SelectMany(source => ReadOne(source, options, ct));
    }

    private static IEnumerable<SourceItem> ReadOne(string source, SourceOptions options, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return SourceFile.KindOf(source) switch
        {
            SourceKind.List => ManifestSource.ReadList(options, ct),
            SourceKind.Folder => FolderSource.Read(source, options, ct),
            SourceKind.Manifest => ManifestSource.Read(source, options, ct),
            SourceKind.Recording => [SourceFile.Describe(source, Path.GetFullPath(source))],
            var archive => ArchiveSource.Read(source, archive, options, ct),
        };
    }
}
