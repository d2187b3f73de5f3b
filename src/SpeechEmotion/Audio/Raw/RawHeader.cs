using System.Buffers.Binary;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Audio.Wav;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio.Raw;

/// <summary>What stands before the samples of a stream that should begin with them: nothing, a WAV header, or another format.</summary>
internal static class RawHeader
{
    /// <summary>How many of the stream's first bytes to show, or all where it has fewer.</summary>
    public const int HeadLength = AudioSniffer.HeadLength;

    private const int ChunkHeader = 8;

    /// <summary>Finds where the samples begin. A WAV header is skipped where it describes the stream as its sender did.</summary>
    /// <param name="head">The stream's first bytes.</param>
    /// <param name="encoding">How the sender says that samples are written.</param>
    /// <param name="sampleRate">Hz, as the sender says.</param>
    /// <param name="channels">As the sender says.</param>
    /// <returns>Bytes before the first sample.</returns>
    /// <exception cref="AudioException">
    /// <c>audio.not_raw</c>: it is a recording in some format, which the model would process as noise; <c>audio.other_format</c>: its WAV header
    /// contradicts the sender; <c>audio.damaged</c>: its WAV header cannot be read.
    /// </exception>
    public static int Length(ReadOnlySpan<byte> head, RawEncoding encoding, int sampleRate, int channels)
    {
        if (AudioSniffer.SniffRaw(head) is not { } container)
            return 0;
        if (container != AudioContainer.Wav)
            throw AudioErrors.NotRaw(container.Name);
        var (format, length) = ReadWav(head) ?? throw AudioErrors.NotRaw(container.Name);
        var found = RawEncoding.Of(format.Encoding) ?? throw AudioErrors.NotRaw(container.Name);
        return (found, format.SampleRate, format.Channels) == (encoding, sampleRate, channels)
            ? length
            : throw AudioErrors.OtherRaw(found.Key, format.SampleRate, format.Channels, encoding.Key, sampleRate, channels);
    }

    /// <summary>The format and the place of the samples; null where the header is longer than what is shown.</summary>
    private static (WavFormat Format, int Length)? ReadWav(ReadOnlySpan<byte> head)
    {
        WavFormat? format = null;
        for (long at = 12; at + ChunkHeader <= head.Length;)
        {
            var chunk = head[(int)at..];
            if (chunk.StartsWith("data"u8))
                return format is null ? null : (format, (int)at + ChunkHeader);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("fmt "u8) && size <= chunk.Length - ChunkHeader)
                format = WavFormat.Parse(chunk.Slice(ChunkHeader, (int)size), "stream");
            at += ChunkHeader + size + (size & 1);
        }
        return null;
    }
}
