using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>
/// Writes the recordings of one archive to files that are named by their position in the archive, never by what the archive calls them.
/// A file appears under its name only when it is complete.
/// </summary>
/// <param name="archive">The archive as the user named it.</param>
/// <param name="options">Where to write, and the limits.</param>
internal sealed class Unpacking(string archive, SourceOptions options)
{
    /// <summary>Free space that is left to results and to other programs, in bytes.</summary>
    private const long FreeBytes = 256L << 20;

    /// <summary>Number of bytes to write before the free space is read again.</summary>
    private const long CheckBytes = 64L << 20;

    private const int MaxNameLength = 60;

    private readonly byte[] _block = new byte[AudioSniffer.WindowLength];
    private long _allowed;

    /// <summary>The folder of this archive: its name for people, and a hash, because archives may share a name.</summary>
    private string Folder { get; } = Path.Combine(
        Path.GetFullPath(options.UnpackTo), NameOf(options.UnpacksByName ? Path.GetFileName(archive) : Path.GetFullPath(archive)));

    /// <summary>The path for an entry.</summary>
    /// <param name="number">The position of the entry in the archive.</param>
    /// <param name="name">The name of the entry; only a well-known extension of it is used.</param>
    public string PathOf(long number, string name)
    {
        var extension = RecordingExtensions.Fit(name) ? Path.GetExtension(name).ToLowerInvariant() : "";
        return Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{number:D8}{extension}"));
    }

    /// <summary>Whether an earlier reading extracted the entry. Its time is that of its file.</summary>
    public static bool Has(ArchiveEntry entry, string path) =>
        entry.Modified is { } modified && new FileInfo(path) is { Exists: true } file && file.Length == entry.Size
        && new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds() == modified;

    /// <summary>Prepares an entry's bytes for <see cref="Write"/>, or to judge by the first ones what it is.</summary>
    public EntryContent ContentOf(ArchiveEntry entry) => new(entry, _block);

    /// <summary>Writes an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="name">Its name in errors.</param>
    /// <param name="path">The path of its file.</param>
    /// <param name="ct">Cancels the writing; nothing is left.</param>
    /// <returns>Why the entry cannot be extracted; null if it was.</returns>
    /// <exception cref="OutputException"><c>output.disk_full</c>, <c>output.not_writable</c>.</exception>
    public SourceException? Write(ArchiveEntry entry, EntryContent content, string name, string path, CancellationToken ct)
    {
        RequireSpace(entry.Size);
        var part = path + ".part";
        Prepare(part);
        try
        {
            SourceException? error;
            using (var file = OutputFile.Create(part, headerLength: 0))
                error = Copy(entry, content, file, name, ct);
            if (error is null)
                Keep(part, path, entry.Modified);
            return error;
        }
        finally
        {
            Delete(part);
        }
    }

    private SourceException? Copy(ArchiveEntry entry, EntryContent content, OutputFile file, string name, CancellationToken ct)
    {
        var crc = new Crc32();
        var total = 0L;
        for (var block = content.Begin; block.Length > 0; block = content.Next())
        {
            ct.ThrowIfCancellationRequested();
            total += block.Length;
            if (total > options.MaxRecordingBytes)
                return SourceErrors.TooLarge(name, options.MaxRecordingBytes);
            if (ExpansionGuard.IsBomb(total, entry.Consumed()))
                return SourceErrors.EntryBomb(name);
            if (total > entry.Size)
                break;
            RequireSpace(block.Length);
            _allowed -= block.Length;
            file.Write(block);
            crc.Append(block);
        }
        if (total != entry.Size)
            return SourceErrors.EntryDamaged(name, "it does not have the size that the archive states", "大小与归档记录不符");
        return entry.Crc32 is { } stated && stated != crc.GetCurrentHashAsUInt32()
            ? SourceErrors.EntryDamaged(name, "its checksum is wrong", "校验和不符")
            : null;
    }

    private void Prepare(string part)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            File.Delete(part);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, part);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, part);
        }
    }

    private static void Keep(string part, string path, long? modified)
    {
        try
        {
            if (modified is { } milliseconds)
                File.SetLastWriteTimeUtc(part, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);
            File.Move(part, path, overwrite: true);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
    }

    private static void Delete(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next reading replaces it.
        }
    }

    /// <summary>Checks that some bytes fit on the disk. The free space is read only now and then.</summary>
    private void RequireSpace(long bytes)
    {
        if (bytes <= _allowed)
            return;
        var free = DiskSpace.FreeAt(Folder);
        if (free - FreeBytes < bytes)
            throw OutputErrors.NoRoom(Folder, bytes + FreeBytes, free);
        _allowed = Math.Min(free - FreeBytes, Math.Max(bytes, CheckBytes));
    }

    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        var hash = XxHash32.HashToUInt32(MemoryMarshal.AsBytes(path.AsSpan()));
        return string.Create(CultureInfo.InvariantCulture, $"{name.AsSpan(0, Math.Min(name.Length, MaxNameLength))}-{hash:x8}");
    }
}
