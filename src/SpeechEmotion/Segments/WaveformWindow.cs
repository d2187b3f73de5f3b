namespace SpeechEmotion.Segments;

/// <summary>The part of a stream of samples that is still needed, addressed by position in the stream. Not thread-safe.</summary>
internal sealed class WaveformWindow
{
    private float[] _buffer = new float[1 << 16];
    private int _count;

    /// <summary>The position of the first sample in the window.</summary>
    public long Start { get; private set; }

    /// <summary>The position after the last sample.</summary>
    public long End => Start + _count;

    /// <summary>Adds samples at the end.</summary>
    public void Append(ReadOnlySpan<float> samples)
    {
        if (_count + samples.Length > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _count + samples.Length));
        samples.CopyTo(_buffer.AsSpan(_count));
        _count += samples.Length;
    }

    /// <summary>The samples between two positions in the window.</summary>
    public ReadOnlySpan<float> Slice(long start, long end) => _buffer.AsSpan((int)(start - Start), (int)(end - start));

    /// <summary>Drops the samples before a position.</summary>
    public void Forget(long before)
    {
        var dropped = (int)Math.Clamp(before - Start, 0, _count);
        if (dropped == 0)
            return;
        _buffer.AsSpan(dropped, _count - dropped).CopyTo(_buffer);
        _count -= dropped;
        Start += dropped;
    }
}
