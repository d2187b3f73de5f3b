namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>An entry of an archive. Nothing that it states is trusted.</summary>
/// <param name="Name">The name as the archive has it, perhaps with an absolute or unsafe path.</param>
/// <param name="Kind">What it is.</param>
internal sealed record ArchiveEntry(string Name, ArchiveEntryKind Kind)
{
    /// <summary>The stated size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Time of the last change in milliseconds since 1970; null if the archive has no valid one.</summary>
    public long? Modified { get; init; }

    /// <summary>The stated CRC-32 of the bytes; null if the format has none.</summary>
    public uint? Crc32 { get; init; }

    /// <summary>Whether the bytes are encrypted.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The number of a compression that is not supported; null if it is.</summary>
    public int? UnknownCompression { get; init; }

    /// <summary>Whether other entries can be read although this one is damaged.</summary>
    public bool IsIndependent { get; init; }

    /// <summary>Opens the bytes, once, before the next entry is read.</summary>
    public required Func<Stream> Open { get; init; }

    /// <summary>The number of bytes of the archive that have been read for this entry so far.</summary>
    public required Func<long> Consumed { get; init; }
}
