using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The outline of a waveform, for drawing.</summary>
/// <param name="SampleRate">Hz.</param>
/// <param name="Samples">Length of the waveform.</param>
/// <param name="Duration">The same in seconds.</param>
/// <param name="Min">The lowest sample of each stretch, in [-1, 1].</param>
/// <param name="Max">The highest sample of each stretch.</param>
public sealed record WaveformPeaks(int SampleRate, long Samples, double Duration, IReadOnlyList<float> Min, IReadOnlyList<float> Max)
{
    private const int Rate = 16000;
    private const int HeaderBytes = 44;
    private const int BlockSamples = 1 << 15;

    /// <summary>Reads <c>processed_audio.wav</c>, a block at a time.</summary>
    /// <param name="path">16-bit PCM, mono, 16 kHz, as the product writes it.</param>
    /// <param name="points">Stretches at most.</param>
    /// <param name="ct">Ends it.</param>
    public static WaveformPeaks Read(string path, int points, CancellationToken ct)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var samples = (file.Length - HeaderBytes) / sizeof(short);
        file.Position = HeaderBytes;
        points = (int)Math.Clamp(samples, 1, points);
        var (min, max) = (new float[points], new float[points]);
        Array.Fill(min, 1f);
        Array.Fill(max, -1f);
        var block = new byte[BlockSamples * sizeof(short)];
        long at = 0;
        for (int read; (read = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false)) > 1; at += read / sizeof(short))
        {
            ct.ThrowIfCancellationRequested();
            Add(MemoryMarshal.Cast<byte, short>(block.AsSpan(0, read & ~1)), at, samples, min, max);
        }
        return new(Rate, samples, (double)samples / Rate, min, max);
    }

    private static void Add(ReadOnlySpan<short> block, long at, long samples, float[] min, float[] max)
    {
        for (var i = 0; i < block.Length; i++)
        {
            var sample = BitConverter.IsLittleEndian ? block[i] : BinaryPrimitives.ReverseEndianness(block[i]);
            var point = Math.Min((int)((at + i) * min.Length / Math.Max(1, samples)), min.Length - 1);
            var value = sample / 32768f;
            min[point] = Math.Min(min[point], value);
            max[point] = Math.Max(max[point], value);
        }
    }
}
