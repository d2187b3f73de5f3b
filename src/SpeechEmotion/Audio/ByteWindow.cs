namespace SpeechEmotion.Audio;

/// <summary>The bytes of a file from a position on, read ahead as far as a parser asks. Not thread-safe.</summary>
/// <param name="file">Read from where it stands; disposed with this.</param>
internal sealed class ByteWindow(FileStream file) : IDisposable
{
    private const int UsualBytes = 1 << 16;

    private byte[] _buffer = new byte[UsualBytes];
    private int _start;
    private int _end;

    /// <summary>Position in the file of the first byte in view.</summary>
    public long Position { get; private set; } = file.Position;

    /// <summary>Length of the file in bytes, as it is now.</summary>
    public long Length => file.Length;

    /// <summary>The next bytes, without moving on.</summary>
    /// <param name="count">How many; the caller bounds it.</param>
    /// <returns>As many as were asked for; fewer only at the end of the file.</returns>
    public ReadOnlySpan<byte> View(int count)
    {
        if (_end - _start < count)
            Fill(count);
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Moves on; beyond the end of the file there is nothing in view.</summary>
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

    /// <summary>Moves anywhere in the file.</summary>
    public void MoveTo(long position)
    {
        Position = position;
        (_start, _end) = (0, 0);
        file.Position = position;
    }

    /// <summary>Moves to the next occurrence of some bytes, or to the end of the file.</summary>
    /// <returns>Whether they were found.</returns>
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
