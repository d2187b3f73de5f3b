using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Uploads;

/// <summary>
/// The body of a request that comes in chunks. One that is malformed is its sender's fault, whichever way in reads it: a
/// <see cref="BadHttpRequestException"/>, and one line in the log. Kestrel lets some of them fail otherwise.
/// </summary>
internal sealed class ChunkedBody(Stream body, HttpRequest request, ILogger logger) : Stream
{
    /// <summary>What Kestrel says of a client that has gone.</summary>
    private const string Gone = "Unexpected end of request content.";

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

    /// <summary>Lets all that reads chunks read them through this.</summary>
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
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status400BadRequest && bad.Message != Gone)
        {
            Report(bad);
            throw;
        }
        catch (Exception bad) when (bad is IOException { InnerException: OverflowException } or InvalidOperationException)
        {
            // The latter is a trailer that is not UTF-8.
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
