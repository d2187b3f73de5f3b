using System.Numerics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio.Wav;

/// <summary>Converts little-endian PCM to float32 in [-1, 1): each integer is divided by half its range.</summary>
internal static class PcmSamples
{
    private static readonly float[] MuLaw = [.. Enumerable.Range(0, 256).Select(ExpandMuLaw)];
    private static readonly float[] ALaw = [.. Enumerable.Range(0, 256).Select(ExpandALaw)];

    /// <summary>Decodes samples until <paramref name="samples"/> is full.</summary>
    public static void Decode(WavEncoding encoding, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        switch (encoding)
        {
            case WavEncoding.Unsigned8:
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = (bytes[i] - 128) * (1 / 128f);
                break;
            case WavEncoding.Signed16:
                DecodeShorts(MemoryMarshal.Cast<byte, short>(bytes), samples);
                break;
            case WavEncoding.Signed24:
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = (bytes[3 * i] | (bytes[(3 * i) + 1] << 8) | ((sbyte)bytes[(3 * i) + 2] << 16)) * (1 / 8388608f);
                break;
            case WavEncoding.Signed32:
                var ints = MemoryMarshal.Cast<byte, int>(bytes)[..samples.Length];
                for (var i = 0; i < ints.Length; i++)
                    samples[i] = ints[i] * (1 / 2147483648f);
                break;
            case WavEncoding.Float64:
                var doubles = MemoryMarshal.Cast<byte, double>(bytes)[..samples.Length];
                for (var i = 0; i < doubles.Length; i++)
                    samples[i] = (float)doubles[i];
                break;
            case WavEncoding.Float32:
                bytes[..(4 * samples.Length)].CopyTo(MemoryMarshal.AsBytes(samples));
                break;
            case WavEncoding.MuLaw or WavEncoding.ALaw:
                Expand(encoding == WavEncoding.MuLaw ? MuLaw : ALaw, bytes, samples);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "The encoding cannot be decoded sample by sample.");
        }
    }

    private static void DecodeShorts(ReadOnlySpan<short> shorts, Span<float> samples)
    {
        var done = 0;
        for (; done + Vector<short>.Count <= samples.Length; done += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(shorts[done..]), out var one, out var other);
            (Vector.ConvertToSingle(one) * (1 / 32768f)).CopyTo(samples[done..]);
            (Vector.ConvertToSingle(other) * (1 / 32768f)).CopyTo(samples[(done + Vector<int>.Count)..]);
        }
        for (; done < samples.Length; done++)
            samples[done] = shorts[done] * (1 / 32768f);
    }

    private static void Expand(float[] table, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        for (var i = 0; i < samples.Length; i++)
            samples[i] = table[bytes[i]];
    }

    // ITU-T G.711: sign, three bits of segment, four bits of step; mu-law inverted, A-law with every other bit inverted.
    private static float ExpandMuLaw(int code)
    {
        var bits = ~code & 0xFF;
        var magnitude = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132;
        return ((bits & 0x80) != 0 ? -magnitude : magnitude) / 32768f;
    }

    private static float ExpandALaw(int code)
    {
        var bits = code ^ 0x55;
        var segment = (bits >> 4) & 7;
        var step = ((bits & 15) << 4) + 8;
        var magnitude = segment == 0 ? step : (step + 256) << (segment - 1);
        return ((bits & 0x80) != 0 ? magnitude : -magnitude) / 32768f;
    }
}
