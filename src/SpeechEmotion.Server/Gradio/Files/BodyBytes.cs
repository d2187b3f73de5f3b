namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>The bytes of a body, read in blocks.</summary>
internal sealed class BodyBytes(Stream body, byte[] block)
{
    private int _next;
    private int _filled;

    /// <summary>The buffered bytes that are not taken yet.</summary>
    public ReadOnlySpan<byte> Ready => block.AsSpan(_next.._filled);

    /// <summary>Takes the next byte; null at the end.</summary>
    public ValueTask<byte?> NextAsync(CancellationToken ct) =>
        _next < _filled ? ValueTask.FromResult<byte?>(block[_next++]) : FillAndNextAsync(ct);

    /// <summary>Takes buffered bytes.</summary>
    public void Take(int count) => _next += count;

    /// <summary>Reads a block if no bytes are buffered; returns false at the end.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_next == _filled)
            (_next, _filled) = (0, await body.ReadAsync(block, ct));
        return _filled > 0;
    }

    private async ValueTask<byte?> FillAndNextAsync(CancellationToken ct) => await FillAsync(ct) ? block[_next++] : null;
}
