using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Uploads;

/// <summary>
/// Streams uploads to the disk with one block of memory each, and refuses an upload as soon as it exceeds the limit. No text from
/// a client becomes part of a path.
/// </summary>
public sealed class UploadStore
{
    private const int BlockBytes = 1 << 16;

    /// <summary>The name of the folder in messages, which do not reveal its path to the sender.</summary>
    private const string Shown = ".ser/uploads";

    private readonly string _folder;
    private readonly DiskBudget _disk;

    /// <summary>Opens the store.</summary>
    public UploadStore(IOptions<ServerOptions> options, ServerFolder folder, DiskBudget disk)
    {
        (_folder, _disk) = (folder.Uploads, disk);
        MaxBytes = options.Value.MaxUpload * 1_000_000L;
    }

    /// <summary>The largest upload, in bytes.</summary>
    public long MaxBytes { get; }

    /// <summary>Returns a recording that an earlier run of the server saved; null if it no longer exists.</summary>
    /// <param name="file">Name of its file.</param>
    /// <param name="name">The sender's name for the recording.</param>
    public UploadedRecording? Find(string? file, string name)
    {
        // The name is from the database, and must not lead out of the folder.
        if (string.IsNullOrEmpty(file) || Path.GetFileName(file) != file)
            return null;
        if (new FileInfo(Path.Combine(_folder, file)) is not { Exists: true } found)
            return null;
        return new(found.FullName, name, found.Length, Temporary: true) { Space = _disk.FindUpload(found.Length) };
    }

    /// <summary>Deletes the recordings that earlier runs of the server saved, except those that recognitions still need.</summary>
    /// <param name="needed">Names of the files that stay.</param>
    public void DeleteExcept(IReadOnlySet<string> needed)
    {
        foreach (var left in Directory.EnumerateFiles(_folder).Where(path => !needed.Contains(Path.GetFileName(path))))
            UploadedRecording.Remove(left);
    }

    /// <summary>Writes a body to the disk.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="name">The sender's name for the recording; folders in it are dropped.</param>
    /// <param name="temporary">Whether the file is deleted after its recognition.</param>
    /// <param name="length">The declared length in bytes, for which space is reserved at once; null if none is declared.</param>
    /// <param name="ct">Cancels the upload and removes the file.</param>
    /// <exception cref="RequestException"><c>upload.too_large</c>, <c>disk.limit</c> or <c>disk.busy</c>.</exception>
    /// <exception cref="OutputException">The disk is full, or cannot be written.</exception>
    public async Task<UploadedRecording> SaveAsync(Stream body, string? name, bool temporary, long? length, CancellationToken ct)
    {
        var path = Path.Combine(_folder, Guid.CreateVersion7().ToString("N"));
        var space = _disk.TakeUpload(Math.Clamp(length ?? 0, 0, MaxBytes));
        var complete = false;
        try
        {
            var size = await WriteAsync(body, path, space, ct);
            space.Settle(size);
            complete = true;
            return new(path, UploadName.Clean(name), size, temporary) { Space = space };
        }
        finally
        {
            if (!complete)
            {
                UploadedRecording.Remove(path);
                space.Dispose();
            }
        }
    }

    private async Task<long> WriteAsync(Stream body, string path, DiskShare space, CancellationToken ct)
    {
        long size = 0;
        var block = new byte[BlockBytes];
        await using var file = Create(path);
        for (int read; (read = await body.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, ct)) > 0;)
        {
            size += read;
            if (size > MaxBytes)
                throw RequestErrors.UploadTooLarge(MaxBytes);
            space.Use(size);
            await AddAsync(file, block.AsMemory(0, read), ct);
        }
        return size;
    }

    /// <summary>Creates the file. Errors of the disk are converted here, so that they differ from errors of the body.</summary>
    private static FileStream Create(string path)
    {
        try
        {
            return new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Shown);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, Shown);
        }
    }

    private static async ValueTask AddAsync(FileStream file, ReadOnlyMemory<byte> block, CancellationToken ct)
    {
        try
        {
            await file.WriteAsync(block, ct);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Shown);
        }
    }
}
