using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Tests.Audio;

/// <summary>A synthetic, speech-like signal: harmonics of a gliding tone that swell and fade, exactly representable in 16 bits.</summary>
internal static class TestSignal
{
    /// <summary>Returns interleaved 16-bit samples; each further channel is a quieter copy.</summary>
    public static short[] Samples(int rate, int channels, double seconds)
    {
        var frames = (int)(rate * seconds);
        var samples = new short[frames * channels];
        for (var i = 0; i < frames; i++)
        {
            var t = (double)i / rate;
            var phase = 2 * Math.PI * ((180 * t) + (40 * t * t));
            var envelope = 0.55 + (0.45 * Math.Sin(2 * Math.PI * 3 * t));
            var value = envelope * ((0.3 * Math.Sin(phase)) + (0.15 * Math.Sin(3 * phase)) + (0.08 * Math.Sin(5 * phase)));
            for (var c = 0; c < channels; c++)
                samples[(i * channels) + c] = (short)Math.Round(value * 32767 / (c + 1));
        }
        return samples;
    }

    public static float[] Normalized(short[] samples) => Array.ConvertAll(samples, s => s / 32768f);

    /// <summary>Writes the signal as a plain 16-bit WAV file.</summary>
    public static string WriteWav(string path, int rate = 16000, int channels = 1, double seconds = 1)
    {
        File.WriteAllBytes(path, Wav(Samples(rate, channels, seconds), rate, channels));
        return path;
    }

    public static byte[] Wav(short[] samples, int rate, int channels)
    {
        var data = new byte[samples.Length * 2];
        Buffer.BlockCopy(samples, 0, data, 0, data.Length);
        return Riff(Chunk("fmt ", Fmt(1, channels, (uint)rate, 2 * channels, 16)), Chunk("data", data));
    }

    public static byte[] Fmt(int tag, int channels, uint rate, int blockAlign, int bits, params byte[] extension)
    {
        var bytes = new byte[16 + extension.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), (uint)(rate * blockAlign));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(12), (ushort)blockAlign);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(14), (ushort)bits);
        extension.CopyTo(bytes, 16);
        return bytes;
    }

    public static byte[] Chunk(string id, byte[] content, uint? claimedSize = null)
    {
        var bytes = new byte[8 + content.Length + (content.Length & 1)];
        Encoding.ASCII.GetBytes(id, bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), claimedSize ?? (uint)content.Length);
        content.CopyTo(bytes, 8);
        return bytes;
    }

    public static byte[] Riff(params byte[][] chunks)
    {
        var body = chunks.SelectMany(c => c).ToArray();
        var bytes = new byte[12 + body.Length];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)(4 + body.Length));
        "WAVE"u8.CopyTo(bytes.AsSpan(8));
        body.CopyTo(bytes, 12);
        return bytes;
    }
}
