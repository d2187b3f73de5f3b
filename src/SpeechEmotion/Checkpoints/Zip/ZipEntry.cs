namespace SpeechEmotion.Checkpoints.Zip;

/// <summary>One file in a zip container, as its central directory tells.</summary>
/// <param name="Name">Its path in the container.</param>
/// <param name="IsStored">True where the bytes lie there as they are: neither compressed nor encrypted.</param>
/// <param name="Header">Offset of its local header.</param>
/// <param name="Length">Bytes that it takes after its local header.</param>
/// <param name="Crc32">Of its bytes.</param>
internal sealed record ZipEntry(string Name, bool IsStored, long Header, long Length, uint Crc32);
