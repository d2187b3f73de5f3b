using System.Buffers;
using System.Net;
using SpeechEmotion.Client.Errors;

namespace SpeechEmotion.Client.Connection;

/// <summary>
/// A recording as a body or a part of one. It opens the recording when it is sent, so that a form of many recordings holds one open
/// file, and tells an unreadable recording from a broken connection.
/// </summary>
internal sealed class RecordingContent(RecordingSource recording, string language) : HttpContent
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
            while (await ReadAsync(source, block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
                await stream.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
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

    private async Task<int> ReadAsync(Stream source, byte[] block, CancellationToken ct)
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
