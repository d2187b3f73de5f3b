namespace SpeechEmotion.Checkpoints.Zip;

/// <summary>One file in a zip container, as described by its central directory.</summary>
/// <param name="Name">The path in the container.</param>
/// <param name="IsStored">Whether the bytes are neither compressed nor encrypted.</param>
/// <param name="Header">The offset of the local header.</param>
/// <param name="Length">The number of bytes after the local header.</param>
/// <param name="Crc32">The CRC-32 of the bytes.</param>
internal sealed record ZipEntry(string Name, bool IsStored, long Header, long Length, uint Crc32);
