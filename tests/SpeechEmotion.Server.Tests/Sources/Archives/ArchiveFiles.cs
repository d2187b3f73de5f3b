using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SpeechEmotion.Server.Sources.Archives;
using SpeechEmotion.Tests.Support;
using ZstdSharp;

namespace SpeechEmotion.Server.Tests.Sources.Archives;

/// <summary>Writes archives, with the usual programs' formats or with headers that no program writes.</summary>
internal static class ArchiveFiles
{
    public static DateTimeOffset Time { get; } = new(2024, 5, 6, 7, 8, 10, TimeSpan.Zero);

    public static string Zip(TemporaryFolder folder, string name, params (string Name, byte[] Bytes)[] entries) =>
        Zip(folder, name, Encoding.UTF8, entries);

    public static string Zip(TemporaryFolder folder, string name, Encoding encoding, params (string Name, byte[] Bytes)[] entries)
    {
        using var archive = new ZipArchive(File.Create(folder.File(name)), ZipArchiveMode.Create, leaveOpen: false, encoding);
        foreach (var (entryName, bytes) in entries)
        {
            var entry = archive.CreateEntry(entryName, CompressionLevel.SmallestSize);
            entry.LastWriteTime = Time;
            using var stream = entry.Open();
            stream.Write(bytes);
        }
        return folder.File(name);
    }

    /// <summary>Writes a tar archive; its name says how it is compressed.</summary>
    public static string Tar(TemporaryFolder folder, string name, params (string Name, byte[] Bytes)[] entries) =>
        Tar(folder, name, TarEntryFormat.Pax, [.. entries.Select(entry => (entry.Name, (byte[]?)entry.Bytes, TarEntryType.RegularFile))]);

    public static string Tar(
        TemporaryFolder folder, string name, TarEntryFormat format, params (string Name, byte[]? Bytes, TarEntryType Type)[] entries)
    {
        using var file = Compressed(File.Create(folder.File(name)), name);
        using var archive = new TarWriter(file, format);
        foreach (var (entryName, bytes, type) in entries)
        {
            System.Formats.Tar.TarEntry entry = format switch
            {
                TarEntryFormat.Pax => new PaxTarEntry(type, entryName),
                TarEntryFormat.Gnu => new GnuTarEntry(type, entryName),
                TarEntryFormat.Ustar => new UstarTarEntry(type, entryName),
                _ => new V7TarEntry(type == TarEntryType.RegularFile ? TarEntryType.V7RegularFile : type, entryName),
            };
            entry.ModificationTime = Time;
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                entry.LinkName = "/etc/passwd";
            if (bytes is not null)
                entry.DataStream = new MemoryStream(bytes);
            archive.WriteEntry(entry);
        }
        return folder.File(name);
    }

    /// <summary>A tar header with a valid checksum.</summary>
    public static byte[] TarHeaderOf(string name, char type, long size)
    {
        var block = new byte[TarHeader.Length];
        Encoding.UTF8.GetBytes(name).CopyTo(block, 0);
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0')).CopyTo(block, 124);
        Encoding.ASCII.GetBytes("00000000000").CopyTo(block, 136);
        block[156] = (byte)type;
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "        "u8.CopyTo(block.AsSpan(148));
        var sum = block.Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0").CopyTo(block, 148);
        return block;
    }

    public static Stream Compressed(Stream file, string name) => Path.GetExtension(name) switch
    {
        ".gz" or ".tgz" => new GZipStream(file, CompressionLevel.SmallestSize),
        ".zst" => new CompressionStream(file, level: 1, leaveOpen: false),
        _ => file,
    };

    /// <summary>Changes bytes of a record of a zip archive's directory.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="index">The entry.</param>
    /// <param name="at">The offset in its record: 8 flags, 10 method, 20 compressed size, 24 size.</param>
    /// <param name="bytes">The new bytes.</param>
    public static void PatchDirectory(string path, int index, int at, ReadOnlySpan<byte> bytes)
    {
        var all = File.ReadAllBytes(path);
        var record = 0;
        for (var i = 0; i <= index; i++)
            record += all.AsSpan(record + 1).IndexOf("PK\u0001\u0002"u8) + 1;
        bytes.CopyTo(all.AsSpan(record + at));
        File.WriteAllBytes(path, all);
    }
}
