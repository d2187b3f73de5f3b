namespace SpeechEmotion.Audio;

/// <summary>A view of a file's bytes from a position on, which reads as far ahead as a parser needs. Not thread-safe.</summary>
/// <param name="file">The file, read from its current position; disposed with this window.</param>
internal sealed class ByteWindow(FileStream file) : IDisposable
{
    private const int UsualBytes = 1 << 16;

    private byte[] _buffer = new byte[UsualBytes];
    private int _start;
    private int _end;

    /// <summary>The file offset of the first byte in view.</summary>
    public long Position { get; private set; } = file.Position;

    /// <summary>The current length of the file in bytes.</summary>
    public long Length => file.Length;

    /// <summary>Returns the next bytes without advancing.</summary>
    /// <param name="count">The number of bytes, which the caller bounds.</param>
    /// <returns>The requested number of bytes; fewer only at the end of the file.</returns>
    public ReadOnlySpan<byte> View(int count)
    {
        if (_end - _start < count)
            Fill(count);
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Advances; beyond the end of the file the view is empty.</summary>
    public void Skip(long count)
    {
        Position += count;
        if (count <= _end - _start)
        {
            _start += (int)count;
            return;
        }
        (_start, _end) = (0, 0);
        file.Position = Position;
    }

    /// <summary>Moves to any offset in the file.</summary>
    public void MoveTo(long position)
    {
        Position = position;
        (_start, _end) = (0, 0);
        file.Position = position;
    }

    /// <summary>Moves to the next occurrence of a byte sequence, or to the end of the file.</summary>
    /// <returns>Whether the sequence was found.</returns>
    public bool MoveTo(ReadOnlySpan<byte> mark)
    {
        while (true)
        {
            var view = View(UsualBytes);
            if (view.Length < mark.Length)
                break;
            var index = view.IndexOf(mark);
            if (index >= 0)
            {
                Skip(index);
                return true;
            }
            Skip(view.Length - mark.Length + 1);
        }
        Skip(View(mark.Length).Length);
        return false;
    }

    public void Dispose() => file.Dispose();

    private void Fill(int count)
    {
        var kept = _end - _start;
        var target = count > _buffer.Length ? new byte[Math.Max(count, 2 * _buffer.Length)] : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, kept);
        _end += file.ReadAtLeast(_buffer.AsSpan(kept), count - kept, throwOnEndOfStream: false);
    }
}
