using System.Buffers.Binary;
using System.IO.Compression;
using ZstdSharp;

namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>
/// The entries of a zip archive (PKWARE APPNOTE 4.3, zip64 included), one after another in the order of its directory. .NET's own reader
/// would hold all of them in memory.
/// </summary>
internal sealed class ZipEntries
{
    private const int EndLength = 22;
    private const int End64Length = 56;
    private const int Locator64Length = 20;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const int Encrypted = 1;
    private const int Stored = 0;
    private const int Deflated = 8;
    private const int Zstandard = 93;
    private const int AesEncrypted = 99;

    private readonly FileStream _file;
    private readonly byte[] _window = new byte[1 << 18];
    private int _start, _end;

    /// <summary>The position of the next bytes of the directory in the file, after those in the window.</summary>
    private long _next;

    /// <summary>The number of bytes of the directory that have not been read as entries.</summary>
    private long _left;

    /// <summary>The number of bytes before the archive, as in a file that extracts itself.</summary>
    private long _offset;

    private ZipEntries(FileStream file) => _file = file;

    /// <summary>Reads the entries. The bytes of one can be read until the next one is asked for.</summary>
    /// <exception cref="InvalidDataException">The directory is damaged.</exception>
    /// <exception cref="EndOfStreamException">The directory is incomplete.</exception>
    public static IEnumerable<ArchiveEntry> Read(FileStream file, CancellationToken ct)
    {
        var archive = new ZipEntries(file);
        var stated = archive.Find();
        var count = 0L;
        for (; archive._left > 0; count++)
        {
            ct.ThrowIfCancellationRequested();
            yield return archive.Next();
        }
        // Without zip64, some programs state only the last 16 bits.
        if ((count ^ stated) << 48 != 0)
            throw new InvalidDataException("Its directory is incomplete.");
    }

    /// <summary>Locates the directory.</summary>
    /// <returns>The number of entries that it states.</returns>
    private long Find()
    {
        var tailLength = (int)Math.Min(_file.Length, EndLength + ushort.MaxValue);
        var tailStart = _file.Length - tailLength;
        var tail = new byte[tailLength];
        ReadAt(tailStart, tail);
        for (var at = tailLength - EndLength; at >= 0; at--)
        {
            if (Int(tail, at) != 0x06054b50 || at + EndLength + Short(tail, at + 20) > tailLength)
                continue;
            var (start, length, count, end) = Find64(tailStart + at)
                ?? (Int(tail, at + 16), Int(tail, at + 12), Short(tail, at + 10), tailStart + at);
            if (length < 0 || count < 0 || length > end || start < 0 || start > end - length)
                throw new InvalidDataException("Its directory is out of bounds.");
            _next = end - length;
            _offset = _next - start;
            _left = length;
            return count;
        }
        throw new EndOfStreamException("Its directory is missing.");
    }

    /// <summary>Reads the records of a large archive.</summary>
    /// <returns>Start, length, count and end of the directory; null if there are none.</returns>
    private (long Start, long Length, long Count, long End)? Find64(long end)
    {
        Span<byte> locator = stackalloc byte[Locator64Length];
        if (end < Locator64Length + End64Length)
            return null;
        ReadAt(end - Locator64Length, locator);
        if (Int(locator, 0) != 0x07064b50)
            return null;
        // The record is just before its locator, whatever precedes the archive.
        Span<byte> record = stackalloc byte[End64Length];
        var at = end - Locator64Length - End64Length;
        ReadAt(at, record);
        if (Int(record, 0) != 0x06064b50)
        {
            at = Math.Clamp(Long(locator, 8), 0, at);
            ReadAt(at, record);
            if (Int(record, 0) != 0x06064b50)
                throw new InvalidDataException("Its zip64 record is missing.");
        }
        return (Long(record, 48), Long(record, 40), Long(record, 32), at);
    }

    private ArchiveEntry Next()
    {
        var fixedPart = View(CentralLength);
        if (Int(fixedPart, 0) != 0x02014b50)
            throw new InvalidDataException("Its directory is damaged.");
        var (nameLength, extraLength, commentLength) = (Short(fixedPart, 28), Short(fixedPart, 30), Short(fixedPart, 32));
        var total = CentralLength + nameLength + extraLength + commentLength;
        var record = View(total);
        _start += total;
        _left -= total;
        return EntryOf(record, nameLength, extraLength);
    }

    private ArchiveEntry EntryOf(ReadOnlySpan<byte> record, int nameLength, int extraLength)
    {
        var name = EntryName.Decode(record.Slice(CentralLength, nameLength));
        var extra = Zip64Extra(record.Slice(CentralLength + nameLength, extraLength));
        // The order of the zip64 field: size, compressed size, offset; each only if its short form is at its maximum.
        var size = Wide(Int(record, 24), ref extra);
        var compressed = Wide(Int(record, 20), ref extra);
        var header = Wide(Int(record, 42), ref extra) + _offset;
        var method = Short(record, 10);
        EntryStream? data = null;
        return new(name, KindOf(record, name))
        {
            Size = size,
            Modified = EntryTime.OfDos(Short(record, 14), Short(record, 12)),
            Crc32 = (uint)Int(record, 16),
            IsEncrypted = (Short(record, 8) & Encrypted) != 0 || method == AesEncrypted,
            UnknownCompression = method is Stored or Deflated or Zstandard ? null : method,
            IsIndependent = true,
            Open = () => Decompress(data = Locate(header, compressed), method),
            Consumed = () => data?.Position ?? 0,
        };
    }

    private static ArchiveEntryKind KindOf(ReadOnlySpan<byte> record, string name)
    {
        const int unix = 3, macOs = 19, regular = 0x8, folder = 0x4;
        if (name.EndsWith('/') || name.EndsWith('\\'))
            return ArchiveEntryKind.Folder;
        var type = (int)(Int(record, 38) >> 28);
        return record[5] is unix or macOs && type is not (0 or regular or folder) ? ArchiveEntryKind.Other : ArchiveEntryKind.File;
    }

    /// <summary>Finds the bytes after the local header, which alone states its own length.</summary>
    private EntryStream Locate(long header, long length)
    {
        Span<byte> local = stackalloc byte[LocalLength];
        if (header < 0 || length < 0 || header > _file.Length - LocalLength)
            throw new InvalidDataException("An entry is outside the file.");
        ReadAt(header, local);
        var start = header + LocalLength + Short(local, 26) + Short(local, 28);
        if (Int(local, 0) != 0x04034b50 || start > _file.Length - length)
            throw new InvalidDataException("An entry is not where it should be.");
        _file.Position = start;
        return new(_file, length);
    }

    private static Stream Decompress(EntryStream data, int method) => method switch
    {
        Stored => data,
        Deflated => new DeflateStream(data, CompressionMode.Decompress),
        Zstandard => new DecompressionStream(data),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Views the next bytes of the directory. The window holds the longest possible entry.</summary>
    private ReadOnlySpan<byte> View(int count)
    {
        if (_end - _start < count)
        {
            _window.AsSpan(_start, _end - _start).CopyTo(_window);
            (_start, _end) = (0, _end - _start);
            while (_end < count)
            {
                var read = RandomAccess.Read(_file.SafeFileHandle, _window.AsSpan(_end), _next);
                if (read == 0)
                    throw new EndOfStreamException("Its directory is incomplete.");
                (_end, _next) = (_end + read, _next + read);
            }
        }
        return _window.AsSpan(_start, count);
    }

    private void ReadAt(long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_file.SafeFileHandle, bytes, offset);
            if (read == 0)
                throw new EndOfStreamException();
            bytes = bytes[read..];
            offset += read;
        }
    }

    private static long Wide(long value, ref ReadOnlySpan<byte> rest)
    {
        if (value != uint.MaxValue || rest.Length < 8)
            return value;
        value = Long(rest, 0);
        rest = rest[8..];
        return value >= 0 ? value : throw new InvalidDataException("An entry has a negative size.");
    }

    private static ReadOnlySpan<byte> Zip64Extra(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = Short(extra, 2);
            if (length > extra.Length - 4)
                break;
            if (Short(extra, 0) == 1)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return default;
    }

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
