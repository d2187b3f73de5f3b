using System.Buffers;
using System.Net;
using SpeechEmotion.Client.Errors;

namespace SpeechEmotion.Client.Connection;

/// <summary>
/// A recording as a body or a part of one. It opens the recording when it is sent, so that a form of many recordings holds one open
/// file, and distinguishes an unreadable recording from a broken connection.
/// </summary>
/// <param name="recording">The recording.</param>
/// <param name="language">The language of errors.</param>
/// <param name="ending">Called before the last block is sent: from then on, the server may have the whole recording.</param>
internal sealed class RecordingContent(RecordingSource recording, string language, Action? ending = null) : HttpContent
{
    private const int Block = 64 * 1024;

    protected override bool TryComputeLength(out long length)
    {
        length = recording.Length ?? 0;
        return recording.Length is not null;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var source = Read(recording.Open);
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            // A file that grows meanwhile is sent as long as it was.
            for (var left = recording.Length ?? long.MaxValue; left > 0;)
            {
                var read = await ReadAsync(source, block.AsMemory(0, (int)Math.Min(Block, left)), cancellationToken).ConfigureAwait(false);
                if (read == 0 || read == left)
                    ending?.Invoke();
                if (read == 0)
                    break;
                await stream.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            if (recording.IsOwned)
                await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e);
        }
    }

    private async Task<int> ReadAsync(Stream source, Memory<byte> block, CancellationToken ct)
    {
        try
        {
            return await source.ReadAsync(block, ct).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw Unreadable(e);
        }
    }

    private ServerException Unreadable(Exception e) => ConnectionErrors.UnreadableFile(language, recording.Name, e);
}
