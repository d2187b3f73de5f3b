using System.Buffers;
using System.Buffers.Text;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>The decoded bytes of a base64 text in a JSON body, decoded while reading, up to and including its closing quote.</summary>
internal sealed class Base64TextStream(BodyBytes bytes) : Stream
{
    private const int ChunkChars = 1 << 14;

    private readonly byte[] _text = new byte[ChunkChars];
    private readonly byte[] _decoded = new byte[ChunkChars / 4 * 3];
    private int _length;
    private bool _ended;
    private Memory<byte> _ready;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_ready.IsEmpty && !_ended)
            await DecodeAsync(cancellationToken);
        var count = Math.Min(buffer.Length, _ready.Length);
        _ready[..count].CopyTo(buffer);
        _ready = _ready[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask DecodeAsync(CancellationToken ct)
    {
        while (!_ended && _length < ChunkChars)
            await TakeAsync(ct);
        var status = Base64.DecodeFromUtf8(_text.AsSpan(0, _length), _decoded, out var consumed, out var written, _ended);
        if (status is OperationStatus.InvalidData || consumed == 0 && _length == ChunkChars)
            throw GradioErrors.BadBase64();
        _text.AsSpan(consumed.._length).CopyTo(_text);
        _length -= consumed;
        _ready = _decoded.AsMemory(0, written);
    }

    /// <summary>Takes the buffered characters up to the next quote or escape, and then that.</summary>
    private async ValueTask TakeAsync(CancellationToken ct)
    {
        if (!await bytes.FillAsync(ct))
            throw GradioErrors.BadBase64();
        var ready = bytes.Ready[..Math.Min(bytes.Ready.Length, ChunkChars - _length)];
        var stop = ready.IndexOfAny((byte)'"', (byte)'\\');
        var plain = stop < 0 ? ready.Length : stop;
        foreach (var value in ready[..plain])
        {
            if (!IsSpace(value))
                _text[_length++] = value;
        }
        bytes.Take(plain);
        if (stop >= 0)
            await TakeSpecialAsync(ct);
    }

    private async ValueTask TakeSpecialAsync(CancellationToken ct)
    {
        if (await bytes.NextAsync(ct) == (byte)'"')
        {
            _ended = true;
            return;
        }
        var escaped = await bytes.NextAsync(ct) switch
        {
            (byte)'/' => (byte)'/',
            (byte)'n' or (byte)'r' or (byte)'t' => (byte)' ', // Mail and many libraries write base64 in lines.
            (byte)'u' => await UnicodeAsync(ct), // Some writers escape + and =.
            _ => throw GradioErrors.BadBase64(),
        };
        if (!IsSpace(escaped))
            _text[_length++] = escaped;
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private async ValueTask<byte> UnicodeAsync(CancellationToken ct)
    {
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            if (await bytes.NextAsync(ct) is not { } digit || !char.IsAsciiHexDigit((char)digit))
                throw GradioErrors.BadBase64();
            value = (value * 16) + Convert.ToInt32(((char)digit).ToString(), 16);
        }
        return value < 128 ? (byte)value : throw GradioErrors.BadBase64();
    }
}
