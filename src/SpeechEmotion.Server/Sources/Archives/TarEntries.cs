using System.Globalization;
using System.Text;

namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>
/// The entries of a tar archive, one after another. .NET's own reader would allocate as many bytes as an extended header states.
/// </summary>
internal sealed class TarEntries
{
    /// <summary>The longest extended header. Only names and numbers of it are needed.</summary>
    private const int MaxExtension = 1 << 20;

    private readonly Stream _content;
    private readonly FileStream _file;
    private readonly ExpansionGuard _guard;
    private readonly byte[] _block = new byte[TarHeader.Length];
    private (string? Name, long? Size, long? Modified, bool IsSparse) _extension;

    private TarEntries(Stream content, FileStream file, ExpansionGuard guard) => (_content, _file, _guard) = (content, file, guard);

    /// <summary>Reads the entries. The bytes of one can be read until the next one is asked for.</summary>
    /// <param name="content">The archive, decompressed.</param>
    /// <param name="file">The file that <paramref name="content"/> reads; the same if it is not compressed.</param>
    /// <param name="guard">Refuses an archive of bombs.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="EndOfStreamException">The archive is incomplete.</exception>
    public static IEnumerable<ArchiveEntry> Read(Stream content, FileStream file, ExpansionGuard guard, CancellationToken ct)
    {
        var archive = new TarEntries(content, file, guard);
        while (archive.Next() is { } header)
        {
            ct.ThrowIfCancellationRequested();
            var begin = file.Position;
            var data = new EntryStream(content, header.Size);
            if (!archive.Extend(header, data))
            {
                yield return archive.EntryOf(header, data, begin);
                archive._extension = default;
            }
            archive.Skip(data, begin, ct);
        }
    }

    /// <summary>Whether an archive starts with these bytes: with a header, or with the end of an empty one.</summary>
    public static bool Begin(ReadOnlySpan<byte> block) =>
        block.Length == TarHeader.Length && (TarHeader.Is(block) || !block.ContainsAnyExcept((byte)0));

    /// <summary>Reads the next header; null at the end, which a block of zeros marks.</summary>
    private TarHeader? Next()
    {
        _content.ReadExactly(_block);
        if (!_block.AsSpan().ContainsAnyExcept((byte)0))
            return null;
        if (!TarHeader.Is(_block))
            throw new InvalidDataException("A header has the wrong checksum.");
        var header = TarHeader.Parse(_block);
        return header.Type switch
        {
            // Links, devices and folders have no bytes, whatever their size says.
            >= '1' and <= '6' => header with { Size = 0 },
            'x' or 'g' or 'K' or 'L' => header,
            _ => header with { Size = _extension.Size ?? header.Size },
        };
    }

    /// <summary>Whether a header extends the next one. Extensions of all further ones are not needed.</summary>
    private bool Extend(TarHeader header, EntryStream data)
    {
        if (header.Type == 'L')
            _extension.Name = EntryName.Decode(TarHeader.Text(Extension(data)));
        else if (header.Type == 'x')
            ReadRecords(Extension(data));
        return header.Type is 'L' or 'x' or 'g' or 'K';
    }

    private static byte[] Extension(EntryStream data)
    {
        if (data.Length > MaxExtension)
            throw new InvalidDataException("An extended header is too long.");
        var bytes = new byte[data.Length];
        data.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads pax records: <c>LENGTH KEY=VALUE</c> and a line feed, where the length includes itself.</summary>
    private void ReadRecords(ReadOnlySpan<byte> records)
    {
        while (records.IndexOf((byte)' ') is > 0 and var space)
        {
            if (!int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > records.Length)
                throw new InvalidDataException("An extended header is damaged.");
            var record = records[(space + 1)..(length - 1)];
            records = records[length..];
            if (record.IndexOf((byte)'=') is >= 0 and var equals)
                Keep(Encoding.ASCII.GetString(record[..equals]), record[(equals + 1)..]);
        }
    }

    private void Keep(string key, ReadOnlySpan<byte> value)
    {
        if (key == "path")
            _extension.Name = EntryName.Decode(value);
        else if (key == "size")
            _extension.Size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                ? size
                : throw new InvalidDataException("The size of an entry is not a number.");
        else if (key == "mtime" && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            _extension.Modified = EntryTime.OfSeconds(seconds);
        else if (key.StartsWith("GNU.sparse.", StringComparison.Ordinal))
            _extension.IsSparse = true;
    }

    private ArchiveEntry EntryOf(TarHeader header, EntryStream data, long begin)
    {
        var name = _extension.Name ?? header.Name;
        var kind = header.Type switch
        {
            // The parts of a sparse file would have to be put together; no recording is one.
            '0' or '\0' or '7' when !_extension.IsSparse =>
                name.EndsWith('/') && data.Length == 0 ? ArchiveEntryKind.Folder : ArchiveEntryKind.File,
            '5' or 'D' => ArchiveEntryKind.Folder,
            _ => ArchiveEntryKind.Other,
        };
        return new(name, kind)
        {
            Size = data.Length,
            Modified = _extension.Modified ?? EntryTime.OfSeconds(header.Seconds),
            Open = () => data,
            Consumed = () => _file.Position - begin,
        };
    }

    /// <summary>Passes over the rest of an entry, and over the zeros that fill its last block.</summary>
    private void Skip(EntryStream data, long begin, CancellationToken ct)
    {
        if (_block[156] == (byte)'S')
            SkipSparseHeaders();
        if (_content == _file)
        {
            var next = _file.Position + data.Remaining + Padding(data.Length);
            if (next > _file.Length)
                throw new EndOfStreamException();
            _file.Position = next;
            return;
        }
        var buffer = new byte[data.Remaining > TarHeader.Length ? 1 << 16 : TarHeader.Length];
        for (int read; (read = data.Read(buffer)) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            _guard.Check(data.Position, _file.Position - begin);
        }
        _content.ReadExactly(buffer, 0, Padding(data.Length));
        _guard.EndEntry(data.Length, _file.Position - begin);
    }

    /// <summary>GNU's old sparse files have more headers, each of which says whether there is another one.</summary>
    private void SkipSparseHeaders()
    {
        for (var more = _block[482]; more != 0; more = _block[504])
            _content.ReadExactly(_block);
    }

    private static int Padding(long length) => (int)((TarHeader.Length - (length % TarHeader.Length)) % TarHeader.Length);
}
