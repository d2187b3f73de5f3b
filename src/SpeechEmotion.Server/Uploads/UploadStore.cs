using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Uploads;

/// <summary>
/// Takes uploads to the disk as they come, a block of memory each, and refuses what is too large while it comes. Nothing
/// from outside becomes part of a path.
/// </summary>
public sealed class UploadStore
{
    private const int BlockBytes = 1 << 16;

    private readonly string _folder;

    /// <summary>Opens the store, and empties it of what an earlier run left: nobody can ask for that any more.</summary>
    public UploadStore(IOptions<ServerOptions> options, ServerFolder folder)
    {
        _folder = folder.Uploads;
        MaxBytes = options.Value.MaxUpload * 1_000_000L;
        foreach (var left in Directory.EnumerateFiles(_folder))
            File.Delete(left);
    }

    /// <summary>The largest upload, in bytes.</summary>
    public long MaxBytes { get; }

    /// <summary>Writes a body to the disk.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="name">What the sender calls it; folders in it are dropped.</param>
    /// <param name="temporary">Deleted as soon as it was recognised.</param>
    /// <param name="ct">Ends it, and leaves nothing behind.</param>
    /// <exception cref="RequestException"><c>upload.too_large</c>.</exception>
    /// <exception cref="OutputException">The disk is full.</exception>
    public async Task<UploadedRecording> SaveAsync(Stream body, string? name, bool temporary, CancellationToken ct)
    {
        var path = System.IO.Path.Combine(_folder, Guid.CreateVersion7().ToString("N"));
        var complete = false;
        try
        {
            var size = await WriteAsync(body, path, ct);
            complete = true;
            return new(path, UploadName.Clean(name), size, temporary);
        }
        catch (IOException failure) when (OutputFailure.IsDiskFull(failure))
        {
            throw OutputFailure.Of(failure, "uploads");
        }
        finally
        {
            if (!complete)
                File.Delete(path);
        }
    }

    private async Task<long> WriteAsync(Stream body, string path, CancellationToken ct)
    {
        long size = 0;
        var block = new byte[BlockBytes];
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        for (int read; (read = await body.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, ct)) > 0;)
        {
            size += read;
            if (size > MaxBytes)
                throw RequestErrors.UploadTooLarge(MaxBytes);
            await file.WriteAsync(block.AsMemory(0, read), ct);
        }
        return size;
    }
}
