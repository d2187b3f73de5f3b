using System.Buffers.Binary;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Audio.Wav;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Audio.Raw;

/// <summary>Checks the start of a stream of raw samples: it may also be a WAV header or another format.</summary>
internal static class RawHeader
{
    /// <summary>The number of bytes to pass from the start of the stream, or all if it has fewer.</summary>
    public const int HeadLength = AudioSniffer.HeadLength;

    private const int ChunkHeader = 8;

    /// <summary>Finds the start of the samples. A WAV header is skipped if it matches the sender's description.</summary>
    /// <param name="head">The first bytes of the stream.</param>
    /// <param name="encoding">The encoding announced by the sender.</param>
    /// <param name="sampleRate">The rate announced by the sender, in Hz.</param>
    /// <param name="channels">The number of channels announced by the sender.</param>
    /// <returns>The number of bytes before the first sample.</returns>
    /// <exception cref="AudioException">
    /// <c>audio.not_raw</c>: the stream is a recording in another format, which the model would process as noise;
    /// <c>audio.other_format</c>: its WAV header contradicts the sender; <c>audio.damaged</c>: its WAV header cannot be read.
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

    /// <summary>Reads the format and the start of the samples; null if the header is longer than the bytes passed.</summary>
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
