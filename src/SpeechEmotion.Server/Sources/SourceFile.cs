using SpeechEmotion.Audio.Files;
using SpeechEmotion.Server.Sources.Archives;
using SpeechEmotion.Server.Sources.Manifests;

namespace SpeechEmotion.Server.Sources;

/// <summary>A file or folder that a user names. Names that are not UTF-8 are opened too.</summary>
internal static class SourceFile
{
    /// <summary>The source that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether there is a file or folder.</summary>
    public static bool Exists(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
            return true;
        using var named = UnreadableName.Open(path);
        return named is not null;
    }

    /// <summary>Determines what a source is, by its first bytes; only for lists, which are text, by its name.</summary>
    public static SourceKind KindOf(string source)
    {
        if (source == StandardInput)
            return SourceKind.List;
        using var named = UnreadableName.Is(source) && !File.Exists(source) ? UnreadableName.Open(source) : null;
        var path = named?.Path ?? source;
        if (Directory.Exists(path))
            return SourceKind.Folder;
        // Reading a pipe would take its first bytes away.
        if (!RegularFile.Is(path))
            return SourceKind.Recording;
        var name = ManifestFile.Is(source) ? SourceKind.Manifest : SourceKind.Recording;
        try
        {
            using var file = Open(path);
            Span<byte> head = stackalloc byte[TarHeader.Length];
            return ArchiveKindOf(head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]) ?? name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reader that opens the file reports the reason.
            return name;
        }
    }

    /// <summary>Determines the kind of archive that starts with these bytes; null if it is none.</summary>
    /// <param name="head">The first <see cref="TarHeader.Length"/> bytes, or all of a shorter file.</param>
    public static SourceKind? ArchiveKindOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
            return SourceKind.Zip;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return SourceKind.Gzip;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return SourceKind.Zstandard;
        return head.Length >= TarHeader.Length && TarHeader.Is(head[..TarHeader.Length]) ? SourceKind.Tar : null;
    }

    /// <summary>Opens a file for reading; other programs may read and write it at the same time.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        using var named = UnreadableName.Is(path) && !File.Exists(path) ? UnreadableName.Open(path) : null;
        return new(named?.Path ?? path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Describes a file by its size and time if it exists; it is not opened.</summary>
    /// <param name="name">The name for results.</param>
    /// <param name="location">The full path.</param>
    public static SourceItem Describe(string name, string location)
    {
        var item = new SourceItem(name, location);
        try
        {
            var file = new FileInfo(location);
            if (!file.Exists)
                return UnreadableName.Is(location) ? DescribeUnreadable(item) : item;
            // The size and time of a link are not those of its file.
            if (file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
                file = target;
            return item with { Size = file.Length, Modified = Milliseconds(file.LastWriteTimeUtc) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return item;
        }
    }

    private static SourceItem DescribeUnreadable(SourceItem item)
    {
        using var named = UnreadableName.Open(item.Location);
        if (named is null || !RegularFile.Is(named.Path))
            return item;
        using var file = Open(named.Path);
        return item with { Size = file.Length, Modified = Milliseconds(File.GetLastWriteTimeUtc(file.SafeFileHandle)) };
    }

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
}
