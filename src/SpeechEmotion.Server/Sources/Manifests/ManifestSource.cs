using System.Globalization;
using System.Text;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The recordings of a manifest, or of a list on standard input.</summary>
internal static class ManifestSource
{
    /// <summary>Reads a manifest. Its relative paths start in its own folder.</summary>
    /// <exception cref="SourceException"><c>source.not_readable</c>, <c>source.manifest</c>.</exception>
    public static IEnumerable<SourceItem> Read(string manifest, SourceOptions options, CancellationToken ct)
    {
        var path = Path.GetFullPath(manifest);
        var folder = options.Root is { } root && !SourceRoot.Contains(root, path) ? root : Path.GetDirectoryName(path)!;
        return ManifestFile.Read(manifest, ct).Select(row => ItemOf(row, manifest, path, folder, options));
    }

    /// <summary>
    /// Reads a list of paths from standard input: one a line, or each ended by a NUL. Lines with a JSON object are rows of a manifest.
    /// </summary>
    /// <exception cref="SourceException"><c>source.not_readable</c>.</exception>
    public static IEnumerable<SourceItem> ReadList(SourceOptions options, CancellationToken ct)
    {
        const string name = SourceFile.StandardInput;
        var folder = Environment.CurrentDirectory;
        foreach (var line in TextLines.Read(options.StandardInput ?? Stream.Null, name, separator: null, Encoding.UTF8, ct))
        {
            if (line.Text is not null && string.IsNullOrWhiteSpace(line.Text))
                continue;
            var row = line.Text switch
            {
                null => ManifestRow.TooLong(name, line.Number),
                var text when JsonRows.IsMeant(text) => JsonRows.Parse(text, line.Number, name),
                var text => ManifestRow.Of(name, line.Number, text, [], []),
            };
            yield return ItemOf(row, name, name, folder, options);
        }
    }

    /// <param name="row">The row.</param>
    /// <param name="manifest">The list as the user wrote it.</param>
    /// <param name="manifestPath">The location of an item without one of its own.</param>
    /// <param name="folder">The full path of the folder in which relative paths start.</param>
    /// <param name="options">How sources are read.</param>
    private static SourceItem ItemOf(ManifestRow row, string manifest, string manifestPath, string folder, SourceOptions options)
    {
        if (row.Error is not null || row.Path is not { } path)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{manifest}:{row.Line}");
            return new(name, manifestPath) { Metadata = row.Metadata, Error = row.Error };
        }
        if (!Address.Is(path))
        {
            var location = Path.GetFullPath(path, folder);
            return options.Root is { } root && !SourceRoot.Contains(root, location)
                ? new(path, manifestPath) { Metadata = row.Metadata, Error = SourceErrors.OutsideRoot(path) }
                : SourceFile.Describe(path, location) with { Metadata = row.Metadata };
        }
        var error = !Address.IsFetchable(path) ? SourceErrors.Url(manifest, row.Line, path)
            : !options.AllowUrls ? SourceErrors.UrlNotAllowed(manifest, row.Line, path)
            : null;
        return new(path, path) { Metadata = row.Metadata, Error = error };
    }
}
