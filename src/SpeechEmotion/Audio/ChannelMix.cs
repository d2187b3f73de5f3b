using System.Numerics.Tensors;

namespace SpeechEmotion.Audio;

/// <summary>
/// Guards the average of a recording's channels. If the channels cancel each other, as they do when one lead is swapped, the average
/// contains little of the speech; the loudest channel replaces it until the channels no longer cancel. The decision for a window of
/// audio depends on that window and the few before it, so memory is constant for recordings of any length. Not thread-safe.
/// </summary>
/// <param name="channels">The number of channels, at least 2.</param>
internal sealed class ChannelMix(int channels)
{
    // The energy of the channels' sum divided by the sum of their energies: 1 for uncorrelated channels, the number of channels for
    // equal ones. Below 0.2 the average of a stereo recording is 10 dB weaker than its channels. Two thresholds (hysteresis) prevent
    // frequent switching.
    private const double Cancelled = 0.2;
    private const double Restored = 0.5;

    /// <summary>
    /// The weight of a window relative to the next. With windows of 1 s, the last few decide: after ordinary stereo, the channels must
    /// cancel each other for about 5 s, so that a passing sound changes no sample.
    /// </summary>
    private const double Memory = 0.6;

    /// <summary>The mean square of a window with nothing but noise: -70 dBFS. Quieter windows do not affect the decision.</summary>
    private const double Silence = 1e-7;

    private readonly double[] _window = new double[channels];
    private double _channelEnergy;
    private double _sumEnergy;
    private double _allEnergy;
    private double _replacedEnergy;
    private int? _chosen;

    /// <summary>The share of the recording's energy for which the average was replaced, 0 to 1.</summary>
    public double ReplacedShare => _allEnergy == 0 ? 0 : _replacedEnergy / _allEnergy;

    /// <summary>Replaces the average of a window if necessary; otherwise leaves every sample unchanged.</summary>
    /// <param name="samples">The samples of all channels in the window.</param>
    /// <param name="channelStride">The distance from a sample to the same sample of the next channel.</param>
    /// <param name="frameStride">The distance from a sample to the next sample of the same channel.</param>
    /// <param name="average">The average of the channels, one sample per frame.</param>
    public void Guard(ReadOnlySpan<float> samples, int channelStride, int frameStride, Span<float> average)
    {
        if (average.IsEmpty)
            return;
        for (var channel = 0; channel < channels; channel++)
            _window[channel] = Energy(samples[(channel * channelStride)..], frameStride, average.Length);
        Decide(_window.Sum(), (double)channels * channels * Energy(average, 1, average.Length), average.Length);
        if (_chosen is not { } chosen)
            return;
        samples = samples[(chosen * channelStride)..];
        for (var frame = 0; frame < average.Length; frame++)
            average[frame] = samples[frame * frameStride];
    }

    private void Decide(double channelEnergy, double sumEnergy, int frames)
    {
        if (!double.IsFinite(channelEnergy + sumEnergy) || channelEnergy < Silence * channels * frames)
            return;
        _channelEnergy = (Memory * _channelEnergy) + channelEnergy;
        _sumEnergy = (Memory * _sumEnergy) + sumEnergy;
        var ratio = _sumEnergy / _channelEnergy;
        if (_chosen is null ? ratio < Cancelled : ratio <= Restored)
            _chosen ??= Array.IndexOf(_window, _window.Max());
        else
            _chosen = null;
        _allEnergy += channelEnergy;
        _replacedEnergy += _chosen is null ? 0 : channelEnergy;
    }

    /// <summary>Computes the energy without the constant (DC) offset, which is inaudible.</summary>
    private static double Energy(ReadOnlySpan<float> samples, int stride, int count)
    {
        if (stride == 1)
        {
            var sum = (double)TensorPrimitives.Sum(samples[..count]);
            return Math.Max(0, TensorPrimitives.SumOfSquares(samples[..count]) - (sum * sum / count));
        }
        double total = 0, squares = 0;
        for (var i = 0; i < count; i++)
        {
            double sample = samples[i * stride];
            total += sample;
            squares += sample * sample;
        }
        return Math.Max(0, squares - (total * total / count));
    }
}
