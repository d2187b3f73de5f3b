using System.Numerics.Tensors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Quality;

/// <summary>
/// Measures the energy above 4.75 kHz of 16 kHz samples with a linear-phase high-pass by the window method with a Kaiser window
/// (J. F. Kaiser, 1974). It passes frequencies from 5 kHz and attenuates by 60 dB below 4.5 kHz, clear of the residue that an
/// 8 kHz recording's resampler leaves just above 4 kHz.
/// </summary>
internal sealed class BandwidthMeter
{
    private const int TapCount = 128;
    private const double CutOff = 4750.0 / SampleRate.Hz;
    private const double KaiserBeta = 5.65; // 0.1102 (60 dB - 8.7)

    // Energy needs no more outputs: aliased energy still counts, and half a second has 2,000 of them.
    private const int Stride = 4;

    private static readonly float[] Taps = Design();

    private readonly float[] _samples;

    /// <param name="blockLength">The number of samples in each block.</param>
    public BandwidthMeter(int blockLength) => _samples = new float[TapCount - 1 + blockLength];

    /// <summary>The mean square above the cut-off in the next block, of every fourth output of the filter.</summary>
    public double Power(ReadOnlySpan<float> block)
    {
        // The samples of the previous block that the filter still needs go first.
        _samples.AsSpan(block.Length).CopyTo(_samples);
        block.CopyTo(_samples.AsSpan(TapCount - 1));
        var energy = 0.0;
        for (var i = 0; i < block.Length; i += Stride)
        {
            var high = TensorPrimitives.Dot<float>(_samples.AsSpan(i, TapCount), Taps);
            energy += high * (double)high;
        }
        return energy * Stride / block.Length;
    }

    /// <summary>Designs a low-pass of the mirrored band and mirrors it by changing the sign of every other tap.</summary>
    private static float[] Design()
    {
        var taps = new float[TapCount];
        for (var i = 0; i < TapCount; i++)
        {
            var t = i - ((TapCount - 1) / 2.0);
            var lowPass = Math.Sin(2 * Math.PI * (0.5 - CutOff) * t) / (Math.PI * t);
            var window = BesselI0(KaiserBeta * Math.Sqrt(1 - Math.Pow(2 * t / (TapCount - 1), 2))) / BesselI0(KaiserBeta);
            taps[i] = (float)(lowPass * window * (i % 2 == 0 ? 1 : -1));
        }
        return taps;
    }

    /// <summary>The modified Bessel function of order zero, by its power series.</summary>
    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
