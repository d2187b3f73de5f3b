using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
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

    private readonly ServerFolder _folder;
    private readonly IFileStore _files;
    private readonly DiskBudget _disk;

    /// <summary>Opens the store.</summary>
    public UploadStore(IOptions<ServerOptions> options, ServerFolder folder, IFileStore files, DiskBudget disk)
    {
        (_folder, _files, _disk) = (folder, files, disk);
        MaxBytes = options.Value.MaxUpload * 1_000_000L;
    }

    /// <summary>The largest upload, in bytes.</summary>
    public long MaxBytes { get; }

    /// <summary>
    /// Whether this program can read a recording that another one received: a network drive may show a new file a little later. A bucket
    /// has each recording before the database names it.
    /// </summary>
    public bool Has(string? file) => PathOf(file) is { } path && (_files.IsElsewhere || File.Exists(path));

    /// <summary>Returns a recording that another server, or an earlier run of this one, saved; null if it no longer exists.</summary>
    /// <param name="file">Name of its file.</param>
    /// <param name="name">The sender's name for the recording.</param>
    /// <param name="size">Its size in bytes.</param>
    public UploadedRecording? Find(string? file, string name, long size)
    {
        if (PathOf(file) is not { } path || !Has(file))
            return null;
        return _files.IsElsewhere
            ? new(path, name, size, Temporary: true) { Store = _files, IsHere = false }
            : new(path, name, size, Temporary: true) { Space = _disk.FindUpload(size) };
    }

    /// <summary>
    /// Stores a recording where other programs find it, if that is elsewhere. Of one that its sender may use again, it stores a copy.
    /// </summary>
    /// <returns>The recording for the recognition, which owns it.</returns>
    /// <exception cref="SpeechEmotionException">The recording cannot be stored, or there is no room for a copy.</exception>
    public async Task<UploadedRecording> ShareAsync(UploadedRecording recording, CancellationToken ct)
    {
        if (!_files.IsElsewhere)
            return recording;
        var own = recording.Temporary ? recording : await Task.Run(() => Copy(recording), ct);
        var isStored = false;
        try
        {
            await _files.KeepAsync([own.Path], ct);
            isStored = true;
            return own with { Store = _files };
        }
        finally
        {
            if (!isStored && !recording.Temporary)
                own.Discard();
        }
    }

    /// <summary>Provides the file of a recording.</summary>
    /// <returns>The recording, or a copy of it that the caller must discard.</returns>
    /// <exception cref="SpeechEmotionException">
    /// The store does not answer or has no such recording, or there is no room for the copy.
    /// </exception>
    public async Task<UploadedRecording> BringAsync(UploadedRecording recording, CancellationToken ct) => recording.IsHere
        ? recording
        : await FetchAsync(recording.Path, recording.Name, recording.Size, ct) ?? throw RequestErrors.Interrupted();

    /// <summary>Copies a stored recording to a file of this program.</summary>
    /// <param name="path">The path under which it is stored.</param>
    /// <param name="name">The sender's name for the recording.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="ct">Cancels the copy; nothing is left.</param>
    /// <returns>The copy; null if there is no such recording.</returns>
    /// <exception cref="RequestException"><c>disk.limit</c>, <c>disk.busy</c>, or a code that starts with <c>files.</c></exception>
    /// <exception cref="OutputException">The disk is full, or cannot be written.</exception>
    public async Task<UploadedRecording?> FetchAsync(string path, string name, long size, CancellationToken ct)
    {
        using var span = ServerTraces.Part("fetch");
        var copy = new UploadedRecording(Path.Combine(_folder.Uploads, _folder.NewName()), name, size, Temporary: true)
        {
            Space = _disk.TakeUpload(size),
        };
        var isThere = false;
        try
        {
            isThere = await _files.FetchAsync(path, copy.Path, ct);
            return isThere ? copy : null;
        }
        finally
        {
            if (!isThere)
                copy.Discard();
        }
    }

    /// <summary>
    /// Deletes the recordings that earlier runs of the server saved, except those that recognitions still need. A worker keeps none.
    /// </summary>
    /// <param name="needed">Names of the files that stay.</param>
    /// <param name="ct">Cancels the operation.</param>
    public async Task DeleteExceptAsync(IReadOnlySet<string> needed, CancellationToken ct)
    {
        if (_folder.IsWorker)
            return;
        string[] left =
        [
            .. from file in await _files.ListAsync(_folder.Accepted, ct)
               where !file.IsFolder && !needed.Contains(file.Name) && _folder.IsLeft(file.Name, file.Modified)
               select Path.Combine(_folder.Accepted, file.Name),
        ];
        await _files.DropAsync(left, ct);
        foreach (var path in left)
            UploadedRecording.Remove(path);
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
        var path = Path.Combine(_folder.Uploads, _folder.NewName());
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

    /// <summary>The path of a file; null for a name that leads out of the folder: it is from the database.</summary>
    private string? PathOf(string? file) =>
        string.IsNullOrEmpty(file) || Path.GetFileName(file) != file ? null : Path.Combine(_folder.Accepted, file);

    private UploadedRecording Copy(UploadedRecording recording)
    {
        var path = Path.Combine(_folder.Uploads, _folder.NewName());
        var space = _disk.TakeUpload(recording.Size);
        try
        {
            File.Copy(recording.Path, path);
            space.Settle(recording.Size);
            return new(path, recording.Name, recording.Size, Temporary: true) { Space = space };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            UploadedRecording.Remove(path);
            space.Dispose();
            throw OutputErrors.Of(failure, Shown);
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
