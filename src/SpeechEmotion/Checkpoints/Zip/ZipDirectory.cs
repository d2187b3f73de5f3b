using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SpeechEmotion.Checkpoints.Zip;

/// <summary>
/// The central directory of a zip file (PKWARE APPNOTE 4.3, zip64 included). The reader trusts nothing: every entry must be inside
/// the file, and no two may share a byte or a name.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndLength = 22;
    private const int End64Length = 56;
    private const int Locator64Length = 20;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const int MaxComment = ushort.MaxValue;
    private const int MaxDirectory = 32 << 20;

    /// <summary>The number of bytes at the end of the file that contain the records which locate the directory.</summary>
    public const int MaxEnd = EndLength + MaxComment + Locator64Length + End64Length;

    /// <summary>The length of the longest local header, with its name and its extra fields.</summary>
    public const int MaxHeader = LocalLength + (2 * ushort.MaxValue);

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly long _fileLength;

    private ZipDirectory(SafeFileHandle file, string path)
    {
        _file = file;
        _path = path;
        _fileLength = RandomAccess.GetLength(file);
    }

    /// <summary>Reads all entries, by name.</summary>
    /// <exception cref="Errors.CheckpointException">The directory is missing or contradicts itself or the file.</exception>
    public static IReadOnlyDictionary<string, ZipEntry> Read(SafeFileHandle file, string path)
    {
        var directory = new ZipDirectory(file, path);
        var (start, length, count) = directory.Find();
        var entries = directory.ReadEntries(start, length, count);
        directory.CheckOverlap(entries.Values, start);
        return entries;
    }

    /// <summary>Locates the directory; reads only the last <see cref="MaxEnd"/> bytes of the file.</summary>
    /// <exception cref="Errors.CheckpointException">The records that locate it are missing, or it is outside the file.</exception>
    public static FileExtent Find(SafeFileHandle file, string path)
    {
        var (start, length, _) = new ZipDirectory(file, path).Find();
        return new(start, length);
    }

    /// <summary>Locates the bytes of an entry after its local header, which alone states its own length.</summary>
    public static FileExtent Locate(SafeFileHandle file, string path, ZipEntry entry)
    {
        var directory = new ZipDirectory(file, path);
        var header = directory.ReadAt(entry.Header, LocalLength);
        var start = entry.Header + LocalLength + Short(header, 26) + Short(header, 28);
        if (Int(header, 0) != 0x04034b50 || start > directory._fileLength - entry.Length)
            throw directory.Damaged($"the entry {entry.Name} is not where it should be", $"条目 {entry.Name} 不在应有的位置");
        return new(start, entry.Length);
    }

    private (long Start, long Length, long Count) Find()
    {
        var tailLength = (int)Math.Min(_fileLength, EndLength + MaxComment);
        var tailStart = _fileLength - tailLength;
        var tail = ReadAt(tailStart, tailLength);
        for (var at = tailLength - EndLength; at >= 0; at--)
        {
            if (Int(tail, at) != 0x06054b50 || at + EndLength + Short(tail, at + 20) != tailLength)
                continue;
            var (start, length, count) = Find64(tailStart + at) ??
                (Int(tail, at + 16), Int(tail, at + 12), Short(tail, at + 10));
            if (start < 0 || length < 0 || length > MaxDirectory || start > tailStart + at - length)
                throw Damaged("its central directory is out of bounds", "其目录超出范围");
            return (start, length, count);
        }
        throw Damaged("it ends too early (its central directory is missing)", "文件过早结束（缺少目录）");
    }

    private (long Start, long Length, long Count)? Find64(long end)
    {
        if (end < Locator64Length)
            return null;
        var locator = ReadAt(end - Locator64Length, Locator64Length);
        if (Int(locator, 0) != 0x07064b50)
            return null;
        var at = Long(locator, 8);
        if (at < 0 || at > end - Locator64Length - End64Length)
            throw Damaged("its zip64 record is out of bounds", "其 zip64 记录超出范围");
        var record = ReadAt(at, End64Length);
        if (Int(record, 0) != 0x06064b50)
            throw Damaged("its zip64 record is missing", "缺少 zip64 记录");
        return (Long(record, 48), Long(record, 40), Long(record, 32));
    }

    private Dictionary<string, ZipEntry> ReadEntries(long start, long length, long count)
    {
        var bytes = ReadAt(start, (int)length);
        var entries = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        var at = 0;
        for (long i = 0; i < count; i++)
        {
            if (bytes.Length - at < CentralLength || Int(bytes, at) != 0x02014b50)
                throw Damaged("its central directory ends too early", "其目录过早结束");
            var (name, extra, comment) = (Short(bytes, at + 28), Short(bytes, at + 30), Short(bytes, at + 32));
            var size = CentralLength + name + extra + comment;
            if (bytes.Length - at < size)
                throw Damaged("its central directory ends too early", "其目录过早结束");
            var entry = ReadEntry(bytes.AsSpan(at, size), name, extra);
            if (!entries.TryAdd(entry.Name, entry))
                throw Damaged($"the entry {entry.Name} occurs twice", $"条目 {entry.Name} 重复");
            at += size;
        }
        return entries;
    }

    private ZipEntry ReadEntry(ReadOnlySpan<byte> record, int nameLength, int extraLength)
    {
        var name = Encoding.UTF8.GetString(record.Slice(CentralLength, nameLength));
        var extra = Zip64Extra(record.Slice(CentralLength + nameLength, extraLength));
        long Wide(long value, ref ReadOnlySpan<byte> rest)
        {
            if (value != uint.MaxValue)
                return value;
            if (rest.Length < 8)
                throw Damaged($"the zip64 sizes of {name} are missing", $"缺少 {name} 的 zip64 大小");
            value = Long(rest, 0);
            rest = rest[8..];
            return value;
        }

        // The order in the zip64 field: original size, size in the file, header offset; each only if its short form is at its maximum.
        var original = Wide(Int(record, 24), ref extra);
        var length = Wide(Int(record, 20), ref extra);
        var header = Wide(Int(record, 42), ref extra);
        if (length < 0 || header < 0 || length > _fileLength || header > _fileLength - length - LocalLength)
            throw Damaged($"the entry {name} is outside the file", $"条目 {name} 超出文件范围");
        const int EncryptedFlag = 1;
        var stored = Short(record, 10) == 0 && (Short(record, 8) & EncryptedFlag) == 0 && original == length;
        return new(name, stored, header, length, (uint)Int(record, 16));
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

    private void CheckOverlap(IEnumerable<ZipEntry> entries, long end)
    {
        var free = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Header))
        {
            if (entry.Header < free)
                throw Damaged($"the entry {entry.Name} overlaps another", $"条目 {entry.Name} 与其他条目重叠");
            free = entry.Header + LocalLength + entry.Length;
        }
        if (free > end)
            throw Damaged("an entry overlaps the central directory", "条目与目录重叠");
    }

    private byte[] ReadAt(long offset, int length)
    {
        var bytes = new byte[length];
        for (var done = 0; done < length;)
        {
            var read = RandomAccess.Read(_file, bytes.AsSpan(done), offset + done);
            if (read == 0)
                throw Damaged("it ends too early", "文件过早结束");
            done += read;
        }
        return bytes;
    }

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private Errors.CheckpointException Damaged(string what, string whatZh) => CheckpointErrors.Damaged(_path, what, whatZh);
}
