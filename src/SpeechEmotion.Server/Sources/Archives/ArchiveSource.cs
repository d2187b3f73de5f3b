using System.IO.Compression;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Audio.Sniffing;
using ZstdSharp;

namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>
/// The recordings of an archive, which are extracted one after another while the items are taken. Archives within it are not opened.
/// </summary>
internal sealed class ArchiveSource
{
    private readonly string _archive;
    private readonly SourceOptions _options;
    private readonly CancellationToken _ct;
    private readonly UniqueNames _names = new();
    private readonly Unpacking _unpacking;

    private ArchiveSource(string archive, SourceOptions options, CancellationToken ct)
    {
        (_archive, _options, _ct) = (archive, options, ct);
        _unpacking = new(archive, options);
    }

    /// <summary>Reads the recordings in the order of the archive.</summary>
    /// <exception cref="SourceException">
    /// <c>source.archive_damaged</c>, <c>source.archive_bomb</c>, <c>source.not_tar</c>, <c>source.not_readable</c> or
    /// <c>source.too_many_entries</c>.
    /// </exception>
    /// <exception cref="Errors.OutputException"><c>output.disk_full</c>, <c>output.not_writable</c>.</exception>
    public static IEnumerable<SourceItem> Read(string archive, SourceKind kind, SourceOptions options, CancellationToken ct) =>
        new ArchiveSource(archive, options, ct).Read(kind);

    private IEnumerable<SourceItem> Read(SourceKind kind)
    {
        if (kind is SourceKind.Gzip or SourceKind.Zstandard && !Reading(() => IsTar(kind)))
            throw SourceErrors.NotTar(_archive);
        using var file = Reading(() => SourceFile.Open(_archive));
        using var content = Decompress(file, kind);
        var entries = kind == SourceKind.Zip
            ? ZipEntries.Read(file, _ct)
            : TarEntries.Read(content, file, new ExpansionGuard(_archive, _options.MaxRecordingBytes), _ct);
        using var entry = entries.GetEnumerator();
        for (var number = 0L; Reading(entry.MoveNext); number++)
        {
            if (number == _options.MaxEntries)
                throw SourceErrors.TooManyEntries(_archive, _options.MaxEntries);
            if (Reading(() => ItemOf(entry.Current, number)) is { } item)
                yield return item;
        }
    }

    private bool IsTar(SourceKind kind)
    {
        using var file = SourceFile.Open(_archive);
        using var content = Decompress(file, kind);
        Span<byte> block = stackalloc byte[TarHeader.Length];
        return TarEntries.Begin(block[..content.ReadAtLeast(block, block.Length, throwOnEndOfStream: false)]);
    }

    private static Stream Decompress(FileStream file, SourceKind kind) => kind switch
    {
        SourceKind.Gzip => new GZipStream(file, CompressionMode.Decompress, leaveOpen: true),
        SourceKind.Zstandard => new DecompressionStream(file),
        _ => file,
    };

    /// <summary>Extracts an entry; returns null if it is no recording.</summary>
    private SourceItem? ItemOf(ArchiveEntry entry, long number)
    {
        var name = EntryName.Clean(entry.Name);
        if (entry.Kind == ArchiveEntryKind.Folder || EntryName.IsHidden(name))
            return null;
        if (entry.Kind == ArchiveEntryKind.Other)
        {
            _options.Report.LeaveOutLink();
            return null;
        }
        using var content = _unpacking.ContentOf(entry);
        if (!RecordingExtensions.Fit(name) && !IsRecording(entry, content, name))
            return null;
        var item = new SourceItem($"{_archive}/{_names.Add(name)}", _unpacking.PathOf(number, name))
        {
            Size = entry.Size,
            Modified = entry.Modified,
        };
        if (RefusalOf(entry, item.Name) is { } refusal)
            return item with { Error = refusal };
        if (Unpacking.Has(entry, item.Location) || _options.IsDone?.Invoke(item.Name, item.Size, item.Modified) is true)
            return item;
        // An entry without a time replaces its file at each reading.
        var before = new FileInfo(item.Location) is { Exists: true } file ? file.Length : 0;
        return Extract(entry, content, item) is { } error
            ? item with { Error = error }
            : item with { Written = Math.Max(0, entry.Size - before) };
    }

    /// <summary>Judges an entry by its content, and counts it if it is no recording.</summary>
    private bool IsRecording(ArchiveEntry entry, EntryContent content, string name)
    {
        var isArchive = false;
        try
        {
            if (RefusalOf(entry, name) is null)
            {
                var begin = content.Begin;
                if (AudioSniffer.IsRecording(begin))
                    return true;
                isArchive = SourceFile.ArchiveKindOf(begin) is not null;
            }
        }
        catch (Exception e) when (entry.IsIndependent && IsDamage(e))
        {
            // Not a recording by its name, and nothing can be said about its content.
        }
        _options.Report.LeaveOut($"{_archive}/{name}", isArchive);
        return false;
    }

    /// <summary>Why an entry is refused without reading its bytes; null if it is not.</summary>
    private SourceException? RefusalOf(ArchiveEntry entry, string name)
    {
        if (entry.IsEncrypted)
            return SourceErrors.Encrypted(name);
        if (entry.UnknownCompression is { } method)
            return SourceErrors.Compression(name, method);
        return entry.Size > _options.MaxRecordingBytes ? SourceErrors.TooLarge(name, _options.MaxRecordingBytes) : null;
    }

    private SourceException? Extract(ArchiveEntry entry, EntryContent content, SourceItem item)
    {
        try
        {
            return _unpacking.Write(entry, content, item.Name, item.Location, _ct);
        }
        catch (Exception e) when (entry.IsIndependent && IsDamage(e))
        {
            return SourceErrors.EntryDamaged(item.Name, "its compressed bytes are damaged", "压缩数据已损坏", e);
        }
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw SourceErrors.ArchiveDamaged(_archive, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.NotReadable(_archive, e);
        }
    }

    private static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException or ZstdException;
}
