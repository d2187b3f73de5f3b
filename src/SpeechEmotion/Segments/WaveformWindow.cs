namespace SpeechEmotion.Segments;

/// <summary>The part of a stream of samples that is still needed, addressed by position in the whole. Not thread-safe.</summary>
internal sealed class WaveformWindow
{
    private float[] _buffer = new float[1 << 16];
    private int _count;

    /// <summary>Position of the first sample that is kept.</summary>
    public long Start { get; private set; }

    /// <summary>Position after the last.</summary>
    public long End => Start + _count;

    /// <summary>Adds samples at the end.</summary>
    public void Append(ReadOnlySpan<float> samples)
    {
        if (_count + samples.Length > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _count + samples.Length));
        samples.CopyTo(_buffer.AsSpan(_count));
        _count += samples.Length;
    }

    /// <summary>The samples between two positions that are kept.</summary>
    public ReadOnlySpan<float> Slice(long start, long end) => _buffer.AsSpan((int)(start - Start), (int)(end - start));

    /// <summary>Forgets what lies before a position.</summary>
    public void Forget(long before)
    {
        var gone = (int)Math.Clamp(before - Start, 0, _count);
        if (gone == 0)
            return;
        _buffer.AsSpan(gone, _count - gone).CopyTo(_buffer);
        _count -= gone;
        Start += gone;
    }
}
