using System.Numerics.Tensors;

namespace SpeechEmotion.Quality;

/// <summary>
/// Measures the level of one channel in blocks of 20 ms. Constant memory; how the samples are split does not change the result.
/// </summary>
internal sealed class LevelMeter
{
    /// <summary>Blocks per second.</summary>
    public const int BlocksPerSecond = 50;

    private const int BlockLength = 320;

    private readonly float[] _block = new float[BlockLength];
    private readonly float[] _centered = new float[BlockLength];
    private readonly LevelHistogram _levels = new();
    private readonly BandwidthMeter _highBand = new(BlockLength);
    private int _filled;

    /// <summary>Measures the next samples: 16 kHz. At the end, a remainder shorter than 20 ms is ignored.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var taken = samples[..Math.Min(samples.Length, BlockLength - _filled)];
            taken.CopyTo(_block.AsSpan(_filled));
            samples = samples[taken.Length..];
            _filled += taken.Length;
            if (_filled == BlockLength)
                Measure();
        }
    }

    /// <summary>The levels measured so far.</summary>
    public SoundLevels Levels() => _levels.Measure();

    private void Measure()
    {
        _filled = 0;
        // A constant offset of the sound card is not sound.
        TensorPrimitives.Subtract(_block, TensorPrimitives.Sum<float>(_block) / BlockLength, _centered);
        var power = TensorPrimitives.SumOfSquares<float>(_centered) / (double)BlockLength;
        _levels.Add(power, _highBand.Power(_block));
    }
}
