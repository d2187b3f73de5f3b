using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The outline of a waveform, for drawing.</summary>
/// <param name="SampleRate">Sample rate in Hz.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="Duration">Length in seconds.</param>
/// <param name="Min">Lowest sample of each interval, in [-1, 1].</param>
/// <param name="Max">Highest sample of each interval, in [-1, 1].</param>
public sealed record WaveformPeaks(int SampleRate, long Samples, double Duration, IReadOnlyList<float> Min, IReadOnlyList<float> Max)
{
    private const int HeaderBytes = 44;
    private const int BlockSamples = 1 << 15;

    /// <summary>Reads <c>processed_audio.wav</c> block by block.</summary>
    /// <param name="file">16-bit PCM, mono, 16 kHz, as the product writes it.</param>
    /// <param name="points">Maximum number of intervals; their lengths differ by at most one sample.</param>
    /// <param name="ct">Cancels the operation.</param>
    public static WaveformPeaks Read(Stream file, int points, CancellationToken ct)
    {
        var samples = Math.Max(0, (file.Length - HeaderBytes) / sizeof(short));
        points = (int)Math.Min(samples, points);
        var (min, max) = (new float[points], new float[points]);
        var block = new short[BlockSamples];
        file.Position = HeaderBytes;
        for (var point = 0; point < points; point++)
        {
            ct.ThrowIfCancellationRequested();
            var length = ((point + 1) * samples / points) - (point * samples / points);
            var (low, high) = Extremes(file, length, block);
            (min[point], max[point]) = (low / 32768f, high / 32768f);
        }
        return new(Results.SampleRate.Hz, samples, (double)samples / Results.SampleRate.Hz, min, max);
    }

    private static (short Low, short High) Extremes(Stream file, long length, short[] block)
    {
        var (low, high) = (short.MaxValue, short.MinValue);
        while (length > 0)
        {
            var part = block.AsSpan(0, (int)Math.Min(length, block.Length));
            file.ReadExactly(MemoryMarshal.AsBytes(part));
            (low, high) = (Math.Min(low, TensorPrimitives.Min<short>(part)), Math.Max(high, TensorPrimitives.Max<short>(part)));
            length -= part.Length;
        }
        return (low, high);
    }
}
