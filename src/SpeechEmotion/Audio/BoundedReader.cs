using System.Numerics.Tensors;

namespace SpeechEmotion.Audio;

/// <summary>Enforces the limits on any decoder: duration, rate, channels, finite samples, cancellation.</summary>
internal sealed class BoundedReader : IAudioReader
{
    /// <summary>The largest plausible magnitude of a sample: the square of a larger one overflows the model's float32 arithmetic.</summary>
    private const float LargestMagnitude = 1e10f;

    private readonly IAudioReader _reader;
    private readonly string _name;
    private readonly TimeSpan _maxDuration;
    private readonly IDisposable? _owned;
    private readonly CancellationToken _ct;
    private readonly long _maxFrames;
    private long _frames;

    /// <param name="reader">The decoder; disposed with this reader.</param>
    /// <param name="name">The name of the recording in error messages.</param>
    /// <param name="maxDuration">The longest duration that is accepted.</param>
    /// <param name="owned">The temporary file, if there is one; disposed after the decoder.</param>
    /// <param name="ct">Cancels decoding.</param>
    public BoundedReader(IAudioReader reader, string name, TimeSpan maxDuration, IDisposable? owned, CancellationToken ct)
    {
        var format = reader.Format;
        RequireSupported(format.SampleRate, format.Channels, name);
        if (format.Duration > maxDuration)
            throw AudioErrors.TooLong(name, maxDuration);
        (_reader, _name, _maxDuration, _owned, _ct) = (reader, name, maxDuration, owned, ct);
        _maxFrames = (long)Math.Min(maxDuration.TotalSeconds * format.SampleRate, long.MaxValue / 2);
    }

    public AudioFormat Format => _reader.Format;

    public AudioLoss? Loss => _reader.Loss;

    /// <summary>The input of the decoder; null if it is not known.</summary>
    public AudioInput? Source { get; init; }

    /// <summary>Rejects rates and channel counts that cannot be resampled or mixed.</summary>
    public static void RequireSupported(long sampleRate, long channels, string name)
    {
        if (channels > 64)
            throw AudioErrors.TooManyChannels(name, channels);
        if (channels < 1)
            throw AudioErrors.Damaged(name, "its header declares no channels", "文件头中的声道数为 0");
        if (sampleRate is < 4000 or > 384_000)
            throw AudioErrors.UnsupportedRate(name, sampleRate);
    }

    /// <summary>Rejects NaN, infinities and absurdly large samples.</summary>
    public static void RequireFinite(ReadOnlySpan<float> samples, string name)
    {
        // The maximum magnitude is NaN if any sample is NaN, and NaN is not below the bound either.
        if (!samples.IsEmpty && !(MathF.Abs(TensorPrimitives.MaxMagnitude(samples)) <= LargestMagnitude))
            throw AudioErrors.NotFinite(name);
    }

    public int Read(Span<float> interleaved)
    {
        _ct.ThrowIfCancellationRequested();
        var read = Decode(interleaved);
        RequireFinite(interleaved[..read], _name);
        _frames += read / Format.Channels;
        if (_frames > _maxFrames)
            throw AudioErrors.TooLong(_name, _maxDuration);
        if (_frames == 0 && read == 0 && interleaved.Length >= Format.Channels)
            throw AudioErrors.Empty(_name);
        return read;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _owned?.Dispose();
    }

    private int Decode(Span<float> interleaved)
    {
        try
        {
            return _reader.Read(interleaved);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(_name, e);
        }
    }
}
