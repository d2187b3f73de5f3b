using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Uploads;

/// <summary>
/// A chunked request body. Whichever route reads it, a malformed body is reported as the sender's error: a
/// <see cref="BadHttpRequestException"/> and one line in the log. Kestrel throws other exceptions for some malformed bodies.
/// </summary>
internal sealed class ChunkedBody(Stream body, HttpRequest request, ILogger logger) : Stream
{
    /// <summary>Kestrel's message for a client that disconnected.</summary>
    private const string Disconnected = "Unexpected end of request content.";

    private bool _logged;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Wraps the chunked bodies of all requests.</summary>
    public static void Use(WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILogger<ChunkedBody>>();
        app.Use((context, next) =>
        {
            if (context.Request.Headers.TransferEncoding.Count > 0)
                context.Request.Body = new ChunkedBody(context.Request.Body, context.Request, logger);
            return next(context);
        });
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status400BadRequest && bad.Message != Disconnected)
        {
            Report(bad);
            throw;
        }
        catch (Exception bad) when (bad is IOException { InnerException: OverflowException } or InvalidOperationException)
        {
            // An InvalidOperationException is a trailer that is not UTF-8.
            Report(bad);
            throw new BadHttpRequestException(bad.Message, bad);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Report(Exception bad)
    {
        if (!_logged)
            Log.Malformed(logger, request.Method, request.Path, bad.Message);
        _logged = true;
    }
}
