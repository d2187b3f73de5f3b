namespace SpeechEmotion.Audio.Raw;

/// <summary>Reads samples from memory.</summary>
internal sealed class SampleReader : IAudioReader
{
    private readonly ReadOnlyMemory<float> _samples;
    private int _position;

    /// <summary>Wraps samples without copying them.</summary>
    /// <param name="interleaved">The float32 samples, nominally in [-1, 1); a whole number of frames.</param>
    /// <param name="sampleRate">The rate in Hz, 4000 to 384000.</param>
    /// <param name="channels">The number of channels, 1 to 64.</param>
    /// <exception cref="Errors.AudioException">A sample is not finite, or the rate or the number of channels is out of range.</exception>
    /// <exception cref="ArgumentException">The samples are not a whole number of frames.</exception>
    public SampleReader(ReadOnlyMemory<float> interleaved, int sampleRate, int channels)
    {
        const string name = "samples";
        BoundedReader.RequireSupported(sampleRate, channels, name);
        BoundedReader.RequireFinite(interleaved.Span, name);
        if (interleaved.Length % channels != 0)
            throw new ArgumentException($"{interleaved.Length} samples are not whole frames of {channels} channels.", nameof(interleaved));
        _samples = interleaved;
        var duration = TimeSpan.FromSeconds((double)interleaved.Length / channels / sampleRate);
        Format = new("samples", "pcm_f32", sampleRate, channels, duration, "built-in");
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        var whole = interleaved.Length - (interleaved.Length % Format.Channels);
        var count = Math.Min(whole, _samples.Length - _position);
        _samples.Span.Slice(_position, count).CopyTo(interleaved);
        _position += count;
        return count;
    }

    /// <summary>Does nothing: the caller owns the samples.</summary>
    public void Dispose()
    {
    }
}
