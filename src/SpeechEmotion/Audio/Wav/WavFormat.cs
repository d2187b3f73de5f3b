using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Wav;

/// <summary>The content of a WAV file's <c>fmt </c> chunk.</summary>
/// <param name="Encoding">The encoding; null if the built-in decoder does not support it (for example MP3 or GSM in WAV).</param>
/// <param name="Channels">The number of channels, 1 to 64.</param>
/// <param name="SampleRate">The rate in Hz, 4000 to 384000.</param>
/// <param name="BlockBytes">The length in bytes of a block that decodes by itself: a frame in PCM.</param>
/// <param name="BlockFrames">The number of frames in such a block.</param>
/// <param name="Coefficients">The predictor pairs of MS ADPCM.</param>
internal sealed record WavFormat(
    WavEncoding? Encoding, int Channels, int SampleRate, int BlockBytes, int BlockFrames, short[] Coefficients)
{
    private const ushort Extensible = 0xFFFE;

    /// <summary>The name of the encoding for people and logs.</summary>
    public string Codec => Encoding switch
    {
        WavEncoding.Unsigned8 => "pcm_u8",
        WavEncoding.Signed16 => "pcm_s16le",
        WavEncoding.Signed24 => "pcm_s24le",
        WavEncoding.Signed32 => "pcm_s32le",
        WavEncoding.Float32 => "pcm_f32le",
        WavEncoding.Float64 => "pcm_f64le",
        WavEncoding.MuLaw => "mu-law",
        WavEncoding.ALaw => "a-law",
        WavEncoding.MsAdpcm => "adpcm_ms",
        WavEncoding.ImaAdpcm => "adpcm_ima_wav",
        _ => "unknown",
    };

    /// <summary>Whether samples of another chunk can be decoded as if they belonged to this one.</summary>
    public bool HasSameSamples(WavFormat other) =>
        (Encoding, Channels, SampleRate, BlockBytes) == (other.Encoding, other.Channels, other.SampleRate, other.BlockBytes);

    /// <summary>Parses the content of the chunk.</summary>
    /// <exception cref="Errors.AudioException">The content is invalid.</exception>
    public static WavFormat Parse(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length < 16)
            throw AudioErrors.Damaged(name, "its WAV header is truncated", "WAV 文件头不完整");
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        var align = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        BoundedReader.RequireSupported(rate, channels, name);
        if (tag == Extensible && chunk.Length >= 40)
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        return tag switch
        {
            2 when bits == 4 && channels <= 2 => MsAdpcm(chunk, channels, (int)rate, align, name),
            0x11 when bits == 4 => ImaAdpcm(channels, (int)rate, align, name),
            _ => Pcm(EncodingOf(tag, bits, align, channels), channels, (int)rate),
        };
    }

    private static WavEncoding? EncodingOf(int tag, int bits, int align, int channels) => (tag, bits) switch
    {
        // Fewer than 32 bits in four bytes occupy the most significant bits.
        (1, > 16 and <= 24) when align == 4 * channels => WavEncoding.Signed32,
        (1, > 0 and <= 8) => WavEncoding.Unsigned8,
        (1, > 8 and <= 16) => WavEncoding.Signed16,
        (1, > 16 and <= 24) => WavEncoding.Signed24,
        (1, > 24 and <= 32) => WavEncoding.Signed32,
        (3, 32) => WavEncoding.Float32,
        (3, 64) => WavEncoding.Float64,
        (6, _) => WavEncoding.ALaw,
        (7, _) => WavEncoding.MuLaw,
        _ => null,
    };

    private static WavFormat Pcm(WavEncoding? encoding, int channels, int rate)
    {
        var bytes = encoding switch
        {
            WavEncoding.Signed16 => 2,
            WavEncoding.Signed24 => 3,
            WavEncoding.Signed32 or WavEncoding.Float32 => 4,
            WavEncoding.Float64 => 8,
            _ => 1,
        };
        return new(encoding, channels, rate, channels * bytes, 1, []);
    }

    private static WavFormat MsAdpcm(ReadOnlySpan<byte> chunk, int channels, int rate, int align, string name)
    {
        var pairs = chunk.Length >= 22 ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[20..]) : 0;
        if (align < 7 * channels || pairs == 0 || chunk.Length < 22 + (4 * pairs))
            throw AudioErrors.Damaged(name, "its ADPCM header is invalid", "ADPCM 文件头不合理");
        var coefficients = new short[2 * pairs];
        for (var i = 0; i < coefficients.Length; i++)
            coefficients[i] = BinaryPrimitives.ReadInt16LittleEndian(chunk[(22 + (2 * i))..]);
        return new(WavEncoding.MsAdpcm, channels, rate, align, MsAdpcmBlock.Frames(align, channels), coefficients);
    }

    private static WavFormat ImaAdpcm(int channels, int rate, int align, string name)
    {
        if (align < 4 * channels)
            throw AudioErrors.Damaged(name, "its ADPCM header is invalid", "ADPCM 文件头不合理");
        return new(WavEncoding.ImaAdpcm, channels, rate, align, ImaAdpcmBlock.Frames(align, channels), []);
    }
}
