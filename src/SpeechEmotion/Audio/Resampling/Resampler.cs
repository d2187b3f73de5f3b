using System.Numerics.Tensors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Audio.Resampling;

/// <summary>
/// Turns mono samples of any rate into 16 kHz, block by block, with the window-sinc filter of torchaudio's
/// <c>Resample</c> (<c>sinc_interp_hann</c>, lowpass_filter_width 6, rolloff 0.99), which the models were fed with.
/// However the input is cut, the output is the same. Not thread-safe.
/// </summary>
/// <remarks>Write a block, read until nothing comes, and so on; then complete, and read the rest.</remarks>
internal sealed class Resampler
{
    /// <summary>The rate that comes out, in Hz.</summary>
    public const int TargetRate = SampleRate.Hz;

    /// <summary>The filter, in the words of torchaudio's <c>Resample</c>.</summary>
    public const string Method = "sinc_interp_hann, lowpass_filter_width 6, rolloff 0.99";

    private readonly ResamplerKernel _kernel;
    private float[] _buffer;
    private int _count;
    private int _origin;
    private int _phase;
    private long _written;
    private long _read;
    private bool _completed;

    /// <summary>Prepares the filter for one source rate.</summary>
    /// <param name="sourceRate">Hz, 4000 to 384000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside that range.</exception>
    public Resampler(int sourceRate) : this(sourceRate, TargetRate)
    {
    }

    /// <summary>The same filter for another rate than 16 kHz.</summary>
    /// <param name="sourceRate">Hz, 4000 to 384000.</param>
    /// <param name="targetRate">Hz, 4000 to 384000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside that range.</exception>
    public Resampler(int sourceRate, int targetRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceRate, 4000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sourceRate, 384_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetRate, 4000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targetRate, 384_000);
        SourceRate = sourceRate;
        _kernel = new(sourceRate, targetRate);
        _buffer = new float[_kernel.Lead + 4096];
        _count = _kernel.Lead;
    }

    /// <summary>The rate that goes in, in Hz.</summary>
    public int SourceRate { get; }

    /// <summary>Takes the next samples at the source rate.</summary>
    /// <exception cref="InvalidOperationException">The input was already completed.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        if (_completed)
            throw new InvalidOperationException("The input was already completed.");
        samples.CopyTo(Reserve(samples.Length));
        _written += samples.Length;
    }

    /// <summary>
    /// Says that no more samples come. In all, ceil(16000 * written / source rate) samples can be read (computed with both
    /// rates divided by their greatest common divisor).
    /// </summary>
    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        // Where the last output leans past the end, it sees silence.
        Reserve(_kernel.Taps + 2).Clear();
    }

    /// <summary>Gives the samples at 16 kHz that are ready.</summary>
    /// <returns>How many were written; 0 where more input is needed, or, once completed, at the end.</returns>
    public int Read(Span<float> samples)
    {
        if (_completed)
            samples = samples[..(int)Math.Min(samples.Length, TotalOutput - _read)];
        var produced = 0;
        var (taps, starts) = (_kernel.Taps, _kernel.Starts);
        for (; produced < samples.Length; produced++)
        {
            var start = _origin + _kernel.Lead + starts[_phase];
            if (start + taps > _count)
                break;
            samples[produced] = TensorPrimitives.Dot(_buffer.AsSpan(start, taps), _kernel.Phase(_phase));
            if (++_phase == _kernel.Phases)
            {
                _phase = 0;
                _origin += _kernel.SourceStep;
            }
        }
        _read += produced;
        return produced;
    }

    private long TotalOutput => ((_written * _kernel.Phases) + _kernel.SourceStep - 1) / _kernel.SourceStep;

    private Span<float> Reserve(int length)
    {
        // Everything before the next output's first tap has been used.
        var used = Math.Clamp(_origin + _kernel.Lead + _kernel.Starts[_phase], 0, _count);
        if (_count + (long)length > _buffer.Length)
        {
            var kept = _buffer.AsSpan(used, _count - used);
            var target = kept.Length + (long)length > _buffer.Length ? new float[checked(kept.Length + length)] : _buffer;
            kept.CopyTo(target);
            (_buffer, _count, _origin) = (target, kept.Length, _origin - used);
        }
        _count += length;
        return _buffer.AsSpan(_count - length, length);
    }
}
