using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace SpeechEmotion.Checkpoints;

/// <summary>Reads a part of a file forward through a small buffer, never beyond the end of that part.</summary>
internal sealed class FileCursor(SafeFileHandle file, string path, long start, long end)
{
    /// <summary>The largest number of bytes that <see cref="Read"/> returns at once.</summary>
    public const int MaxRead = 1 << 16;

    private readonly byte[] _buffer = new byte[MaxRead];
    private long _bufferStart = start;
    private int _position;
    private int _filled;

    public string Path => path;

    /// <summary>The offset of the next byte in the file.</summary>
    public long Position => _bufferStart + _position;

    public byte ReadByte()
    {
        if (_position == _filled)
            Fill(1);
        return _buffer[_position++];
    }

    /// <summary>Reads the next bytes; they are valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(int count)
    {
        if (_filled - _position < count)
            Fill(count);
        _position += count;
        return _buffer.AsSpan(_position - count, count);
    }

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Read(8));

    public void Skip(long count)
    {
        if (count < 0 || count > end - Position)
            throw Truncated();
        if (count <= _filled - _position)
        {
            _position += (int)count;
            return;
        }
        _bufferStart = Position + count;
        _position = _filled = 0;
    }

    private void Fill(int needed)
    {
        var kept = _filled - _position;
        _buffer.AsSpan(_position, kept).CopyTo(_buffer);
        (_bufferStart, _position, _filled) = (Position, 0, kept);
        while (_filled < needed)
        {
            var room = (int)Math.Min(_buffer.Length - _filled, end - _bufferStart - _filled);
            var read = room > 0 ? RandomAccess.Read(file, _buffer.AsSpan(_filled, room), _bufferStart + _filled) : 0;
            if (read == 0)
                throw Truncated();
            _filled += read;
        }
    }

    private Errors.CheckpointException Truncated() =>
        CheckpointErrors.DamagedAt(path, Position, "the data ends too early", "数据过早结束");
}
