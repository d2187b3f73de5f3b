using System.Numerics.Tensors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Audio.Resampling;

/// <summary>
/// Resamples mono audio of any rate to 16 kHz, block by block, with the window-sinc filter of torchaudio's
/// <c>Resample</c> (<c>sinc_interp_hann</c>, lowpass_filter_width 6, rolloff 0.99), which resampled the input of the models.
/// The output does not depend on how the input is split into blocks. Not thread-safe.
/// </summary>
/// <remarks>Write a block, read until nothing is returned, and repeat; then complete, and read the rest.</remarks>
internal sealed class Resampler
{
    /// <summary>The filter, in the terms of torchaudio's <c>Resample</c>.</summary>
    public const string Method = "sinc_interp_hann, lowpass_filter_width 6, rolloff 0.99";

    private readonly ResamplerKernel _kernel;
    private float[] _buffer;
    private int _count;
    private int _origin;
    private int _phase;
    private long _written;
    private long _read;
    private bool _completed;

    /// <summary>Prepares the filter for one input rate.</summary>
    /// <param name="sourceRate">The input rate in Hz, 4000 to 384000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside that range.</exception>
    public Resampler(int sourceRate) : this(sourceRate, SampleRate.Hz)
    {
    }

    /// <summary>Prepares the same filter for an output rate other than 16 kHz.</summary>
    /// <param name="sourceRate">The input rate in Hz, 4000 to 384000.</param>
    /// <param name="targetRate">The output rate in Hz, 4000 to 384000.</param>
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

    /// <summary>The input rate, in Hz.</summary>
    public int SourceRate { get; }

    /// <summary>Adds the next samples at the input rate.</summary>
    /// <exception cref="InvalidOperationException">The input was already completed.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        if (_completed)
            throw new InvalidOperationException("The input was already completed.");
        samples.CopyTo(Reserve(samples.Length));
        _written += samples.Length;
    }

    /// <summary>
    /// Marks the end of the input. In total, ceil(16000 * written / source rate) samples can be read (computed with both
    /// rates divided by their greatest common divisor).
    /// </summary>
    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        // Where the last output extends past the end, it reads silence.
        Reserve(_kernel.Taps + 2).Clear();
    }

    /// <summary>Reads the 16 kHz samples that are ready.</summary>
    /// <returns>The number of samples written; 0 if more input is needed or, after completion, at the end.</returns>
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
        // All input before the first tap of the next output has been used.
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
