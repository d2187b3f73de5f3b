using System.Text;

namespace SpeechEmotion.Tests.Checkpoints;

/// <summary>Writes zip files as torch does; the central directory may contain false values.</summary>
internal sealed class ZipWriter
{
    private const int Padding = 7;

    private readonly List<Entry> _entries = [];

    /// <summary>Returns a checkpoint with the given pickle and storages.</summary>
    public static byte[] Checkpoint(byte[] pickle, params (string Key, byte[] Data)[] storages)
    {
        var zip = new ZipWriter().Add("archive/data.pkl", pickle);
        foreach (var (key, data) in storages)
            zip.Add($"archive/data/{key}", data);
        return zip.Add("archive/version", "3\n"u8.ToArray()).ToBytes();
    }

    /// <summary>Adds a file; the method, flags, length and header may be false.</summary>
    public ZipWriter Add(
        string name, byte[] data, int method = 0, int flags = 0, long? length = null, long? header = null, bool zip64 = false)
    {
        _entries.Add(new(Encoding.UTF8.GetBytes(name), data, method, flags, length ?? data.Length, header, zip64));
        return this;
    }

    public byte[] ToBytes(bool zip64 = false)
    {
        using var body = new MemoryStream();
        using var directory = new MemoryStream();
        using var writer = new BinaryWriter(body);
        using var directoryWriter = new BinaryWriter(directory);
        foreach (var entry in _entries)
        {
            WriteEntry(directoryWriter, entry, entry.Header ?? body.Length);
            WriteLocal(writer, entry);
        }
        var (start, length) = (body.Length, directory.Length);
        writer.Write(directory.ToArray());
        if (zip64)
            WriteEnd64(writer, start, length);
        writer.Write(0x06054b50);
        writer.Write(0);
        writer.Write(zip64 ? ushort.MaxValue : (ushort)_entries.Count);
        writer.Write(zip64 ? ushort.MaxValue : (ushort)_entries.Count);
        writer.Write(zip64 ? uint.MaxValue : (uint)length);
        writer.Write(zip64 ? uint.MaxValue : (uint)start);
        writer.Write((ushort)0);
        return body.ToArray();
    }

    private static void WriteLocal(BinaryWriter writer, Entry entry)
    {
        writer.Write(0x04034b50);
        writer.Write(new byte[22]);
        writer.Write((ushort)entry.Name.Length);
        writer.Write((ushort)Padding);
        writer.Write(entry.Name);
        writer.Write(new byte[Padding]);
        writer.Write(entry.Data);
    }

    private static void WriteEntry(BinaryWriter writer, Entry entry, long header)
    {
        writer.Write(0x02014b50);
        writer.Write(0);
        writer.Write((ushort)entry.Flags);
        writer.Write((ushort)entry.Method);
        writer.Write(0L);
        writer.Write(entry.Zip64 ? uint.MaxValue : (uint)entry.Length);
        writer.Write(entry.Zip64 ? uint.MaxValue : (uint)entry.Length);
        writer.Write((ushort)entry.Name.Length);
        writer.Write((ushort)(entry.Zip64 ? 28 : 0));
        writer.Write(new byte[10]);
        writer.Write(entry.Zip64 ? uint.MaxValue : (uint)header);
        writer.Write(entry.Name);
        if (!entry.Zip64)
            return;
        writer.Write((ushort)1);
        writer.Write((ushort)24);
        writer.Write(entry.Length);
        writer.Write(entry.Length);
        writer.Write(header);
    }

    private void WriteEnd64(BinaryWriter writer, long start, long length)
    {
        var record = start + length;
        writer.Write(0x06064b50);
        writer.Write(44L);
        writer.Write(new byte[12]);
        writer.Write((long)_entries.Count);
        writer.Write((long)_entries.Count);
        writer.Write(length);
        writer.Write(start);
        writer.Write(0x07064b50);
        writer.Write(0);
        writer.Write(record);
        writer.Write(1);
    }

    private sealed record Entry(byte[] Name, byte[] Data, int Method, int Flags, long Length, long? Header, bool Zip64);
}
