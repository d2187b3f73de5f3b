using System.Buffers.Binary;

namespace SpeechEmotion.Audio;

/// <summary>Where a WAV file's samples lie and what they are.</summary>
/// <param name="Format">What they are.</param>
/// <param name="DataStart">First byte of the samples.</param>
/// <param name="DataLength">Bytes of samples that the file really holds, at least 0.</param>
/// <param name="FactFrames">Frames as the <c>fact</c> chunk counts them; null where there is none.</param>
internal sealed record WavHeader(WavFormat Format, long DataStart, long DataLength, long? FactFrames)
{
    private const int MaxChunks = 4096;
    private const int MaxFormatBytes = 4096;

    /// <summary>Walks the chunks up to the samples, of RIFF, RF64 or BW64.</summary>
    /// <exception cref="Errors.AudioException">There are no samples, or nothing says what they are.</exception>
    public static WavHeader Read(Stream file, string name)
    {
        Span<byte> head = stackalloc byte[12];
        file.ReadExactly(head);
        var riffSize = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        WavFormat? format = null;
        long? longData = null, fact = null;
        for (var chunks = 0; chunks < MaxChunks && file.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) == 8; chunks++)
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            var start = file.Position;
            if (head[..4].SequenceEqual("data"u8))
            {
                if (format is null)
                    throw AudioErrors.Damaged(name, "nothing before its samples says what they are", "采样之前没有格式说明");
                if (size == uint.MaxValue && longData is { } length)
                    size = length;
                return new(format, start, DataBytes(size, riffSize, start, file.Length), fact);
            }
            if (head[..4].SequenceEqual("fmt "u8))
                format = WavFormat.Parse(Content(file, size), name);
            else if (head[..4].SequenceEqual("ds64"u8) && Content(file, size) is { Length: >= 16 } sizes)
                longData = BinaryPrimitives.ReadInt64LittleEndian(sizes.AsSpan(8));
            else if (head[..4].SequenceEqual("fact"u8) && Content(file, size) is { Length: >= 4 } frames)
                fact = BinaryPrimitives.ReadUInt32LittleEndian(frames);
            // Chunks begin at even offsets.
            file.Position = start + size + (size & 1);
        }
        throw AudioErrors.Damaged(name, "its header has no samples after it", "文件头之后没有采样");
    }

    // Programs that write to a pipe cannot go back to fill in the sizes: what they leave there means "to the end of the file".
    private static long DataBytes(long claimed, uint riffSize, long start, long fileLength)
    {
        var rest = Math.Max(0, fileLength - start);
        if (claimed < 0 || claimed > rest)
            return rest;
        var trulyEmpty = riffSize >= fileLength - 9 && riffSize <= fileLength;
        return claimed == 0 && !trulyEmpty ? rest : claimed;
    }

    private static byte[] Content(Stream file, long size)
    {
        var content = new byte[Math.Min(size, MaxFormatBytes)];
        return content[..file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
    }
}
