using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Wav;

/// <summary>The format and the position of a WAV file's samples.</summary>
/// <param name="Format">The format of the samples.</param>
/// <param name="Data">Their position, in one or more parts; only bytes that the file really contains.</param>
/// <param name="DataEnd">The end of the last part, even if it is empty.</param>
/// <param name="FactFrames">The number of frames in the <c>fact</c> chunk; null if there is none.</param>
internal sealed record WavHeader(WavFormat Format, IReadOnlyList<WavData> Data, long DataEnd, long? FactFrames)
{
    private const int MaxFormatBytes = 4096;

    /// <summary>The number of bytes of all samples, at least 0.</summary>
    public long DataLength => Data.Sum(part => part.Length);

    /// <summary>
    /// Reads the chunks of RIFF, RF64 or BW64 to the end of the file, or to another WAV file that follows in it: the samples may be
    /// in several chunks, or before the chunk that states their format.
    /// </summary>
    /// <exception cref="Errors.AudioException">There are no samples, or their format is not stated.</exception>
    public static WavHeader Read(Stream file, string name)
    {
        Span<byte> head = stackalloc byte[12];
        file.ReadExactly(head);
        var chunks = new WavChunks(file);
        WavFormat? format = null;
        long? longData = null, fact = null;
        List<WavData> data = [];
        long? end = null;
        while (chunks.Next(mustBeNamed: end is not null))
        {
            if (chunks.Is("data"u8))
            {
                var part = chunks.TakeData(longData);
                end = part.Start + part.Length;
                if (part.Length > 0)
                    data.Add(part);
            }
            else if (chunks.Is("fmt "u8))
            {
                var said = WavFormat.Parse(chunks.Content(MaxFormatBytes), name);
                if (data.Count > 0 && format is not null && !format.HasSameSamples(said))
                    throw AudioErrors.Damaged(name, "its parts have different formats", "各部分的格式不一致");
                format = said;
            }
            else if (chunks.Is("ds64"u8) && chunks.Content(MaxFormatBytes) is { Length: >= 16 } sizes)
                longData = BinaryPrimitives.ReadInt64LittleEndian(sizes.AsSpan(8));
            else if (chunks.Is("fact"u8) && chunks.Content(MaxFormatBytes) is { Length: >= 4 } frames)
                fact = BinaryPrimitives.ReadUInt32LittleEndian(frames);
        }
        if (end is null)
            throw AudioErrors.Damaged(name, "no samples follow its header", "文件头之后没有采样");
        return format is null
            ? throw AudioErrors.Damaged(name, "the format of its samples is not stated", "没有说明采样格式")
            : new(format, data, end.Value, fact);
    }
}
