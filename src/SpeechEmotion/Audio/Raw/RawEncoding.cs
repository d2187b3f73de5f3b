using SpeechEmotion.Audio.Wav;

namespace SpeechEmotion.Audio.Raw;

/// <summary>The encoding of samples without a header, as in a live stream; little-endian.</summary>
internal sealed class RawEncoding
{
    private readonly WavEncoding _encoding;

    private RawEncoding(string key, WavEncoding encoding, int sampleBytes) => (Key, _encoding, SampleBytes) = (key, encoding, sampleBytes);

    /// <summary>16-bit integers: <c>pcm_s16le</c>.</summary>
    public static RawEncoding Integers { get; } = new("pcm_s16le", WavEncoding.Signed16, sizeof(short));

    /// <summary>32-bit floating point: <c>f32le</c>.</summary>
    public static RawEncoding Floats { get; } = new("f32le", WavEncoding.Float32, sizeof(float));

    /// <summary>All encodings, the most common one first.</summary>
    public static IReadOnlyList<RawEncoding> All { get; } = [Integers, Floats];

    /// <summary>The name in messages and commands.</summary>
    public string Key { get; }

    /// <summary>The number of bytes per sample.</summary>
    public int SampleBytes { get; }

    /// <summary>Finds an encoding by its key; null if there is none.</summary>
    public static RawEncoding? FromKey(string key) => All.FirstOrDefault(encoding => encoding.Key == key);

    /// <summary>Finds the encoding that a WAV header declares; null if raw streams do not support it.</summary>
    internal static RawEncoding? Of(WavEncoding? encoding) => All.FirstOrDefault(known => known._encoding == encoding);

    /// <summary>Decodes whole samples and ignores the bytes after the last one.</summary>
    /// <param name="bytes">The encoded samples.</param>
    /// <param name="samples">The buffer for the samples; integers are scaled to [-1, 1).</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    public int Decode(ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        var count = bytes.Length / SampleBytes;
        if (count > samples.Length)
            throw new ArgumentException($"{count} samples do not fit into {samples.Length}.", nameof(samples));
        PcmSamples.Decode(_encoding, bytes, samples[..count]);
        return count;
    }
}
