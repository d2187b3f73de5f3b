using System.Numerics;

namespace SpeechEmotion.Quality;

/// <summary>
/// Counts the samples of one channel in runs of three or more at its highest or its lowest value: the trace of clipped peaks, even
/// if the recording was turned down afterwards. Undamaged speech reaches its extreme once.
/// </summary>
internal sealed class ClippingDetector
{
    private const int ShortestRun = 3;

    // Few stretches of this length reach an extreme once a louder one has occurred.
    private const int StretchFrames = 256;

    // At lower levels, the steps of 16 bits are so coarse that the top of an undamaged low tone is flat too.
    private const float LeastExtreme = 0.1f;

    private float _highest;
    private float _lowest;
    private float _last = float.NaN;
    private long _run;
    private long _atHighest;
    private long _atLowest;
    private long _count;

    /// <summary>The share of clipped samples so far, in [0, 1].</summary>
    public double Share
    {
        get
        {
            var flat = (_highest >= LeastExtreme ? _atHighest : 0) + (_lowest <= -LeastExtreme ? _atLowest : 0);
            return _count == 0 ? 0 : flat / (double)_count;
        }
    }

    /// <summary>Processes one channel of interleaved samples.</summary>
    public void Add(ReadOnlySpan<float> interleaved, int channel, int channels)
    {
        _count += interleaved.Length / channels;
        while (!interleaved.IsEmpty)
        {
            var stretch = interleaved[..Math.Min(StretchFrames * channels, interleaved.Length)];
            interleaved = interleaved[stretch.Length..];
            if (Reaches(stretch, channel, channels))
                Count(stretch, channel, channels);
            else
                // Repeated values here are between the extremes, and so are those that continue the run.
                _last = stretch[^(channels - channel)];
        }
    }

    /// <summary>Whether a sample reaches the highest or the lowest value so far. May return true although none does.</summary>
    private bool Reaches(ReadOnlySpan<float> interleaved, int channel, int channels)
    {
        var width = Vector<float>.Count;
        if (width % channels != 0 || interleaved.Length < width)
            return true;
        // Exclude the samples of the other channels.
        var own = Vector.Equals(Vector<int>.Indices & new Vector<int>(channels - 1), new Vector<int>(channel));
        var highest = Vector.ConditionalSelect(own, new(_highest), new Vector<float>(float.PositiveInfinity));
        var lowest = Vector.ConditionalSelect(own, new(_lowest), new Vector<float>(float.NegativeInfinity));
        var found = Vector<int>.Zero;
        for (var i = 0; i + width <= interleaved.Length; i += width)
            found |= Reaching(new(interleaved[i..]));
        // The last vector overlaps the one before.
        return (found | Reaching(new(interleaved[^width..]))) != Vector<int>.Zero;

        Vector<int> Reaching(Vector<float> samples) =>
            Vector.GreaterThanOrEqual(samples, highest) | Vector.LessThanOrEqual(samples, lowest);
    }

    private void Count(ReadOnlySpan<float> interleaved, int channel, int channels)
    {
        var last = _last;
        for (var i = channel; i < interleaved.Length; i += channels)
        {
            var sample = interleaved[i];
            if (sample == last)
                Repeat(sample);
            else
                _run = 1;
            if (sample > _highest)
                (_highest, _atHighest) = (sample, 0);
            else if (sample < _lowest)
                (_lowest, _atLowest) = (sample, 0);
            last = sample;
        }
        _last = last;
    }

    private void Repeat(float sample)
    {
        if (++_run < ShortestRun)
            return;
        var flat = _run == ShortestRun ? ShortestRun : 1;
        if (sample == _highest)
            _atHighest += flat;
        else if (sample == _lowest)
            _atLowest += flat;
    }
}
