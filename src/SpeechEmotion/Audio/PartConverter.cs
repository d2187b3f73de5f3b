namespace SpeechEmotion.Audio;

/// <summary>Gives one part of a recording the rate and the channels of its first part.</summary>
internal sealed class PartConverter
{
    private const int BlockFrames = 4096;

    private readonly IAudioReader _part;
    private readonly Resampler[] _lanes;
    private readonly float[] _block;
    private readonly float[] _lane = new float[BlockFrames];
    private bool _ended;

    /// <param name="part">The part; its owner disposes it.</param>
    /// <param name="sampleRate">The rate that comes out, in Hz.</param>
    /// <param name="channels">The channels that come out: one channel goes to all of them, several are averaged into one.</param>
    /// <exception cref="Errors.AudioException">Rate or channels of the part are out of range.</exception>
    public PartConverter(IAudioReader part, int sampleRate, int channels)
    {
        BoundedReader.RequireSupported(part.Format.SampleRate, part.Format.Channels, part.Format.Container);
        _part = part;
        _lanes = [.. Enumerable.Range(0, channels).Select(_ => new Resampler(part.Format.SampleRate, sampleRate))];
        _block = new float[BlockFrames * part.Format.Channels];
    }

    /// <summary>Reads as an <see cref="IAudioReader"/> does.</summary>
    public int Read(Span<float> interleaved)
    {
        var frames = 0;
        while (frames == 0)
        {
            var wanted = Math.Min(interleaved.Length / _lanes.Length, BlockFrames);
            for (var lane = 0; lane < _lanes.Length; lane++)
            {
                frames = _lanes[lane].Read(_lane.AsSpan(0, wanted));
                for (var frame = 0; frame < frames; frame++)
                    interleaved[(frame * _lanes.Length) + lane] = _lane[frame];
            }
            if (frames == 0 && !Fill())
                break;
        }
        return frames * _lanes.Length;
    }

    private bool Fill()
    {
        if (_ended)
            return false;
        var read = _part.Read(_block);
        if (read == 0)
        {
            _ended = true;
            foreach (var lane in _lanes)
                lane.Complete();
            return true;
        }
        var channels = _part.Format.Channels;
        var samples = _lane.AsSpan(0, read / channels);
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            if (_lanes.Length == 1 && channels > 1)
                WaveformReader.Average(_block.AsSpan(0, read), samples, channels);
            else
                Pick(lane % channels, channels, samples);
            _lanes[lane].Write(samples);
        }
        return true;
    }

    private void Pick(int channel, int channels, Span<float> samples)
    {
        for (var frame = 0; frame < samples.Length; frame++)
            samples[frame] = _block[(frame * channels) + channel];
    }
}
