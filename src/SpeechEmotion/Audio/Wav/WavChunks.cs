using System.Buffers.Binary;

namespace SpeechEmotion.Audio.Wav;

/// <summary>Iterates over the chunks of a WAV file. Sizes are trusted only as far as the file confirms them.</summary>
/// <param name="file">The file, at the first chunk.</param>
internal sealed class WavChunks(Stream file)
{
    private const int MaxChunks = 4096;
    private const int HeaderBytes = 8;
    private const int TypeBytes = 4;

    private readonly byte[] _header = new byte[HeaderBytes];
    private long _next = file.Position;
    private long _start;
    private long _size;
    private int _count;

    /// <summary>Moves to the next chunk; false at the end of the file, or where another WAV file starts in it.</summary>
    /// <param name="mustBeNamed">Whether a chunk without a readable name ends the iteration.</param>
    public bool Next(bool mustBeNamed)
    {
        if (_count++ == MaxChunks || !ReadHeader(_next) || (mustBeNamed && !IsNamed))
            return false;
        _next = After(_start, _size);
        // A RIFF header starts another file.
        return !Is("RIFF"u8);
    }

    /// <summary>Whether the current chunk has this name.</summary>
    public bool Is(ReadOnlySpan<byte> id) => _header.AsSpan(0, TypeBytes).SequenceEqual(id);

    /// <summary>Reads the first bytes of the current chunk.</summary>
    public byte[] Content(int most)
    {
        file.Position = _start;
        var content = new byte[Math.Min(_size, most)];
        return content[..file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Returns the extent of the samples in the current chunk.</summary>
    /// <param name="longSize">The size, if it does not fit into the chunk's header.</param>
    /// <remarks>
    /// Programs that write to a pipe cannot go back to fill in the sizes: 0, or more than the file has, means "to the end of the file".
    /// </remarks>
    public WavData TakeData(long? longSize)
    {
        var (start, rest) = (_start, Math.Max(0, file.Length - _start));
        var size = _size == uint.MaxValue && longSize is { } known ? known : _size;
        if (size < 0 || size > rest || (size == 0 && !ChunksFollow(start)))
            size = rest;
        _next = After(start, size);
        return new(start, size);
    }

    /// <summary>Whether only chunks follow from here to the end of the file or to the next samples.</summary>
    private bool ChunksFollow(long position)
    {
        for (var chunks = 0; chunks < MaxChunks && position < file.Length - 1; chunks++)
        {
            if (!ReadHeader(position) || !IsNamed)
                return false;
            if (Is("data"u8))
                return true;
            if (_size > file.Length - _start)
                return false;
            position = After(_start, _size);
        }
        return true;
    }

    private bool IsNamed => _header.AsSpan(0, TypeBytes).IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;

    private bool ReadHeader(long position)
    {
        file.Position = position;
        if (file.ReadAtLeast(_header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            return false;
        (_start, _size) = (position + HeaderBytes, BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(TypeBytes)));
        return true;
    }

    /// <summary>Computes the offset of the next chunk. Chunks start at even offsets, which some programs ignore.</summary>
    private long After(long start, long size)
    {
        var end = start + size;
        if ((size & 1) == 0 || end + 1 >= file.Length)
            return end + (size & 1);
        Span<byte> names = stackalloc byte[TypeBytes + 1];
        file.Position = end;
        names = names[..file.ReadAtLeast(names, names.Length, throwOnEndOfStream: false)];
        var padded = names.Length <= TypeBytes || names[1..].IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            || names[..TypeBytes].IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0;
        return padded ? end + 1 : end;
    }
}
