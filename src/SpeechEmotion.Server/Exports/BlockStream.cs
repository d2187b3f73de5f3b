namespace SpeechEmotion.Server.Exports;

/// <summary>
/// Lets synchronous writers write to a stream that only allows asynchronous writes, as the body of a response does: they fill a
/// block of memory, which is passed on when it is large enough. Write-only; not seekable, but its position counts the bytes.
/// </summary>
/// <param name="output">Receives the blocks; not closed.</param>
internal sealed class BlockStream(Stream output) : Stream
{
    private const int BlockBytes = 1 << 16;

    private readonly MemoryStream _block = new(2 * BlockBytes);
    private long _passedOn;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _passedOn + _block.Length;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The stream cannot seek.</exception>
    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Passes the block on if it is large enough.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public ValueTask PassOnAsync(CancellationToken ct) => _block.Length < BlockBytes ? ValueTask.CompletedTask : CompleteAsync(ct);

    /// <summary>Passes on what is left.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        await output.WriteAsync(_block.GetBuffer().AsMemory(0, (int)_block.Length), ct);
        _passedOn += _block.Length;
        _block.SetLength(0);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => _block.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => _block.Write(buffer);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _block.Write(buffer.Span);
        return PassOnAsync(cancellationToken);
    }

    /// <summary>Does nothing: only <see cref="PassOnAsync"/> and <see cref="CompleteAsync"/> write.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc cref="Flush"/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The stream is write-only.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The stream cannot seek.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The stream is written once.</exception>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _block.Dispose();
        base.Dispose(disposing);
    }
}
