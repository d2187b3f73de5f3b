using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace SpeechEmotion.Checkpoints.Zip;

/// <summary>An entry of a zip file with the range that it occupies: from its header to the next entry.</summary>
/// <param name="Entry">The entry in the directory.</param>
/// <param name="Extent">The range of header, padding and bytes.</param>
internal sealed record ZipPart(ZipEntry Entry, FileExtent Extent)
{
    private const int BlockLength = 1 << 18;

    /// <summary>Whether its bytes have the CRC-32 that the directory states.</summary>
    /// <exception cref="Errors.CheckpointException">The entry is not at its expected position.</exception>
    public bool IsWhole(SafeFileHandle file, string path)
    {
        if (!Entry.IsStored)
            throw CheckpointErrors.Damaged(
                path,
                $"the entry {Entry.Name} is compressed or encrypted, which torch never does",
                $"条目 {Entry.Name} 被压缩或加密，torch 不会这样写");
        var (position, length) = ZipDirectory.Locate(file, path, Entry);
        var crc = new Crc32();
        var block = new byte[(int)Math.Min(BlockLength, length)];
        while (length > 0)
        {
            var read = RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(block.Length, length)), position);
            if (read == 0)
                return false;
            crc.Append(block.AsSpan(0, read));
            (position, length) = (position + read, length - read);
        }
        return crc.GetCurrentHashAsUInt32() == Entry.Crc32;
    }
}
