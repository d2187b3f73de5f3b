using System.Numerics.Tensors;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Pipeline;

/// <summary>A reusable block of a recording at 16 kHz.</summary>
/// <param name="channels">The number of channels, or 1 for their average.</param>
/// <param name="length">The most samples per channel.</param>
internal sealed class WaveformBlock(int channels, int length)
{
    private readonly float[] _samples = new float[channels * length];
    private readonly float[]? _mix = channels == 1 ? null : new float[length];
    private int _count;

    /// <summary>The average of the channels, or the loudest where they cancel each other.</summary>
    public ReadOnlySpan<float> Mix => _mix is null ? Channel(0) : _mix.AsSpan(0, _count);

    /// <summary>The samples of a channel.</summary>
    public ReadOnlySpan<float> Channel(int channel) => _samples.AsSpan(channel * length, _count);

    /// <summary>Reads the next samples of a recording.</summary>
    /// <param name="waveform">The source of the samples.</param>
    /// <param name="guard">Guards the average of the channels; null if there is only one.</param>
    /// <returns>The number of samples per channel; the block is full except at the end, and then 0.</returns>
    public int Fill(WaveformReader waveform, ChannelMix? guard)
    {
        _count = waveform.ReadChannels(_samples);
        if (_mix is not null)
        {
            Average(_mix.AsSpan(0, _count));
            guard?.Guard(_samples, channelStride: length, frameStride: 1, _mix.AsSpan(0, _count));
        }
        return _count;
    }

    private void Average(Span<float> mix)
    {
        Channel(0).CopyTo(mix);
        for (var channel = 1; channel < channels; channel++)
            TensorPrimitives.Add(mix, Channel(channel), mix);
        TensorPrimitives.Divide(mix, channels, mix);
    }
}
