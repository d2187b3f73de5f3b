using SpeechEmotion.Audio.Wav;

namespace SpeechEmotion.Audio.Raw;

/// <summary>How samples are written that come without a header, as in a live stream; little-endian.</summary>
internal sealed class RawEncoding
{
    private readonly WavEncoding _encoding;

    private RawEncoding(string key, WavEncoding encoding, int sampleBytes) => (Key, _encoding, SampleBytes) = (key, encoding, sampleBytes);

    /// <summary>16-bit integers: <c>pcm_s16le</c>.</summary>
    public static RawEncoding Integers { get; } = new("pcm_s16le", WavEncoding.Signed16, sizeof(short));

    /// <summary>32-bit floating point: <c>f32le</c>.</summary>
    public static RawEncoding Floats { get; } = new("f32le", WavEncoding.Float32, sizeof(float));

    /// <summary>All there are; the usual one first.</summary>
    public static IReadOnlyList<RawEncoding> All { get; } = [Integers, Floats];

    /// <summary>Its name in messages and commands.</summary>
    public string Key { get; }

    /// <summary>Bytes of a sample.</summary>
    public int SampleBytes { get; }

    /// <summary>Finds the encoding of a key; null where it names none.</summary>
    public static RawEncoding? FromKey(string key) => All.FirstOrDefault(encoding => encoding.Key == key);

    /// <summary>Finds the encoding that a WAV header names; null where raw streams do not have it.</summary>
    internal static RawEncoding? Of(WavEncoding? encoding) => All.FirstOrDefault(known => known._encoding == encoding);

    /// <summary>Decodes whole samples; bytes beyond the last of them are left out.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="samples">Takes the samples, integers in [-1, 1).</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">There are more than fit.</exception>
    public int Decode(ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        var count = bytes.Length / SampleBytes;
        if (count > samples.Length)
            throw new ArgumentException($"{count} samples do not fit into {samples.Length}.", nameof(samples));
        PcmSamples.Decode(_encoding, bytes, samples[..count]);
        return count;
    }
}
