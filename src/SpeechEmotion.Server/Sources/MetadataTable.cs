using System.IO.Hashing;
using System.Runtime.InteropServices;
using SpeechEmotion.Server.Sources.Manifests;

namespace SpeechEmotion.Server.Sources;

/// <summary>
/// Further columns for the recordings of other sources, from a CSV, TSV or JSONL file, in memory. A row belongs to a recording if both
/// have the same full path; or else the end of the path in common, of up to three names, if that is so for no other row. Not
/// thread-safe.
/// </summary>
public sealed class MetadataTable
{
    private const long MaxBytes = 512L << 20;
    private const int MaxRows = 2_000_000;
    private const int MaxSuffix = 3;
    private const int Ambiguous = -1;

    private readonly string _folder;

    /// <summary>Columns, number of names in the path, and whether an item was found for each row.</summary>
    private readonly List<(IReadOnlyDictionary<string, string>? Columns, int Depth, bool IsMatched)> _rows = [];

    /// <summary>The rows by hashes of full paths and of their ends: paths themselves would take several times the memory.</summary>
    private readonly Dictionary<ulong, int> _paths = [], _suffixes = [];

    private MetadataTable(string folder) => _folder = folder;

    /// <summary>Number of rows that name a recording.</summary>
    public int Rows => _rows.Count;

    /// <summary>Number of rows for which <see cref="Join"/> has found a recording.</summary>
    public int Matched { get; private set; }

    /// <summary>Number of rows that name no recording.</summary>
    public int BadRows { get; private set; }

    /// <summary>What is wrong with the first of those; null if there are none.</summary>
    public SourceException? FirstError { get; private set; }

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file, of up to 512 MiB and 2,000,000 rows. Its relative paths start in its own folder.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="SourceException">
    /// <c>source.not_found</c>, <c>source.not_readable</c>, <c>source.manifest</c>, <c>source.metadata_too_large</c>.
    /// </exception>
    public static MetadataTable Read(string path, CancellationToken ct = default)
    {
        var full = Path.GetFullPath(path);
        if (!SourceFile.Exists(path) || Directory.Exists(path))
            throw SourceErrors.NotFound(path);
        if (SourceFile.Describe(path, full).Size > MaxBytes)
            throw SourceErrors.MetadataTooLarge(path, "512 MiB", "512 MiB");
        var table = new MetadataTable(Path.GetDirectoryName(full)!);
        foreach (var row in ManifestFile.Read(path, ct))
        {
            if (table.Rows == MaxRows)
                throw SourceErrors.MetadataTooLarge(path, "2,000,000 rows", "200 万行");
            table.Add(row);
        }
        return table;
    }

    /// <summary>Adds the columns of the row that belongs to an item. Columns that the item already has keep their values.</summary>
    /// <returns>The item itself if no row belongs to it.</returns>
    public SourceItem Join(SourceItem item)
    {
        if (Find(item) is not { } index)
            return item;
        var (columns, depth, isMatched) = _rows[index];
        Matched += isMatched ? 0 : 1;
        _rows[index] = (columns, depth, true);
        if (columns is null)
            return item;
        if (item.Metadata is null)
            return item with { Metadata = columns };
        var all = new Dictionary<string, string>(item.Metadata, StringComparer.Ordinal);
        foreach (var (column, value) in columns)
            all.TryAdd(column, value);
        return item with { Metadata = all };
    }

    private void Add(ManifestRow row)
    {
        if (row.Error is not null || row.Path is not { } path)
        {
            BadRows++;
            FirstError ??= row.Error;
            return;
        }
        Keep(_paths, Address.Is(path) ? path : Path.GetFullPath(path, _folder));
        var parts = PartsOf(path);
        for (var count = 1; count <= Math.Min(parts.Length, MaxSuffix); count++)
            Keep(_suffixes, SuffixOf(parts, count));
        _rows.Add((row.Metadata, parts.Length, false));
    }

    private void Keep(Dictionary<ulong, int> index, ReadOnlySpan<char> key)
    {
        if (!index.TryAdd(HashOf(key), _rows.Count))
            index[HashOf(key)] = Ambiguous;
    }

    private int? Find(SourceItem item)
    {
        if (_paths.TryGetValue(HashOf(item.Location), out var index))
            return index == Ambiguous ? null : index;
        if (Address.Is(item.Location))
            return null;
        // The file of a recording in an archive has another name.
        var path = Path.GetFullPath(item.Name);
        if (_paths.TryGetValue(HashOf(path), out index))
            return index == Ambiguous ? null : index;
        var parts = PartsOf(path);
        for (var count = Math.Min(parts.Length, MaxSuffix); count > 0; count--)
        {
            if (!_suffixes.TryGetValue(HashOf(SuffixOf(parts, count)), out index))
                continue;
            // A row whose whole path is not the end of this one is for one recording only: the others just share its file name.
            return index == Ambiguous || (_rows[index].IsMatched && _rows[index].Depth > count) ? null : index;
        }
        return null;
    }

    private static string[] PartsOf(string path) =>
        [.. path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".")];

    private static string SuffixOf(string[] parts, int count) => string.Join('/', parts[^count..]);

    private static ulong HashOf(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));
}
