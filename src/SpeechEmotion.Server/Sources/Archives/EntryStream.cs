namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>The next bytes of a stream, as many as an entry of an archive states.</summary>
/// <param name="source">The stream; not disposed.</param>
/// <param name="length">The number of bytes.</param>
internal sealed class EntryStream(Stream source, long length) : Stream
{
    /// <summary>The number of bytes that have not been read.</summary>
    public long Remaining { get; private set; } = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; } = length;

    public override long Position
    {
        get => Length - Remaining;
        set => throw new NotSupportedException();
    }

    /// <exception cref="EndOfStreamException">The archive ends before the entry.</exception>
    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, Remaining);
        if (wanted == 0)
            return 0;
        var read = source.Read(buffer[..wanted]);
        if (read == 0)
            throw new EndOfStreamException();
        Remaining -= read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
