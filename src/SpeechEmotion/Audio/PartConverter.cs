using SpeechEmotion.Audio.Resampling;

namespace SpeechEmotion.Audio;

/// <summary>Converts a part of a recording to the rate and the channels of the first part.</summary>
internal sealed class PartConverter
{
    private const int BlockFrames = 4096;

    private readonly IAudioReader _part;
    private readonly Resampler[] _resamplers;
    private readonly float[] _block;
    private readonly float[] _samples = new float[BlockFrames];
    private bool _ended;

    /// <param name="part">The part, which its owner disposes.</param>
    /// <param name="sampleRate">The output rate in Hz.</param>
    /// <param name="channels">The number of output channels: one input channel is copied to all, several are averaged into one.</param>
    /// <exception cref="Errors.AudioException">The rate or the number of channels of the part is out of range.</exception>
    public PartConverter(IAudioReader part, int sampleRate, int channels)
    {
        BoundedReader.RequireSupported(part.Format.SampleRate, part.Format.Channels, part.Format.Container);
        _part = part;
        _resamplers = [.. Enumerable.Range(0, channels).Select(_ => new Resampler(part.Format.SampleRate, sampleRate))];
        _block = new float[BlockFrames * part.Format.Channels];
    }

    /// <summary>Reads like an <see cref="IAudioReader"/>.</summary>
    public int Read(Span<float> interleaved)
    {
        var frames = 0;
        while (frames == 0)
        {
            var wanted = Math.Min(interleaved.Length / _resamplers.Length, BlockFrames);
            for (var channel = 0; channel < _resamplers.Length; channel++)
            {
                frames = _resamplers[channel].Read(_samples.AsSpan(0, wanted));
                for (var frame = 0; frame < frames; frame++)
                    interleaved[(frame * _resamplers.Length) + channel] = _samples[frame];
            }
            if (frames == 0 && !Fill())
                break;
        }
        return frames * _resamplers.Length;
    }

    private bool Fill()
    {
        if (_ended)
            return false;
        var read = _part.Read(_block);
        if (read == 0)
        {
            _ended = true;
            foreach (var resampler in _resamplers)
                resampler.Complete();
            return true;
        }
        var channels = _part.Format.Channels;
        var samples = _samples.AsSpan(0, read / channels);
        for (var channel = 0; channel < _resamplers.Length; channel++)
        {
            if (_resamplers.Length == 1 && channels > 1)
                WaveformReader.Average(_block.AsSpan(0, read), samples, channels);
            else
                Pick(channel % channels, channels, samples);
            _resamplers[channel].Write(samples);
        }
        return true;
    }

    private void Pick(int channel, int channels, Span<float> samples)
    {
        for (var frame = 0; frame < samples.Length; frame++)
            samples[frame] = _block[(frame * channels) + channel];
    }
}
