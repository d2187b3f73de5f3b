using System.Numerics.Tensors;

namespace SpeechEmotion.Audio;

/// <summary>
/// Guards the average of a recording's channels. Where the channels cancel each other in it, as they do where one lead is swapped, it
/// holds little of what was said; the loudest channel takes its place until they no longer do. Each window of sound is decided by
/// itself and the few before it, so memory is constant and a recording may have any length. Not thread-safe.
/// </summary>
/// <param name="channels">At least 2.</param>
internal sealed class ChannelMix(int channels)
{
    // The energy of the channels' sum against the sum of their energies: 1 for channels that have nothing in common, as many as there
    // are channels for equal ones. Below 0.2 the average of a stereo recording is 10 dB weaker than its channels. Two thresholds, so
    // that it does not waver between the two.
    private const double Cancelled = 0.2;
    private const double Restored = 0.5;

    /// <summary>
    /// What a window counts beside the next. Of windows of 1 s, the last few decide: after usual stereo, the channels must cancel each
    /// other for about 5 s, so that a passing sound changes no sample.
    /// </summary>
    private const double Memory = 0.6;

    /// <summary>Mean square of a window that is only noise: -70 dBFS. It decides nothing.</summary>
    private const double Silence = 1e-7;

    private readonly double[] _window = new double[channels];
    private double _channelEnergy;
    private double _sumEnergy;
    private double _allEnergy;
    private double _replacedEnergy;
    private int? _chosen;

    /// <summary>How much of the recording's energy lies where the average was replaced, 0 to 1.</summary>
    public double ReplacedShare => _allEnergy == 0 ? 0 : _replacedEnergy / _allEnergy;

    /// <summary>Replaces the average of a window where that is needed; else leaves every sample as it is.</summary>
    /// <param name="samples">The window's samples of all channels.</param>
    /// <param name="channelStride">From a sample of one channel to that of the next.</param>
    /// <param name="frameStride">From a sample of one channel to its next.</param>
    /// <param name="average">The average of the channels, one for each frame.</param>
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

    /// <summary>Without a constant offset, which is no sound.</summary>
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
