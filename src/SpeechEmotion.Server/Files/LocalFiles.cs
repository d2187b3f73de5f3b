using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Files;

/// <summary>Files in a folder of this machine or of a network drive: what is written is stored.</summary>
internal sealed class LocalFiles : IFileStore
{
    public bool IsElsewhere => false;

    public RequestException? Failure => null;

    public Task KeepAsync(IReadOnlyCollection<string> paths, CancellationToken ct) => Task.CompletedTask;

    public Task KeepFolderAsync(string path, CancellationToken ct) => Task.CompletedTask;

    public async Task SendAsync(string source, string path, CancellationToken ct)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            try
            {
                await FetchAsync(source, part, ct);
                File.Move(part, path, overwrite: true);
            }
            finally
            {
                File.Delete(part);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw OutputErrors.Of(failure, path);
        }
    }

    public Task<bool> BringAsync(string path, CancellationToken ct) => Task.FromResult(File.Exists(path));

    public async Task<bool> FetchAsync(string path, string target, CancellationToken ct)
    {
        try
        {
            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using var to = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None);
            await from.CopyToAsync(to, ct);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw OutputErrors.Of(failure, target);
        }
    }

    public Task DropAsync(IReadOnlyCollection<string> paths, CancellationToken ct) => Task.CompletedTask;

    public Task DropFolderAsync(string path, CancellationToken ct) => Task.CompletedTask;

    public Task<IReadOnlyList<StoredFile>> ListAsync(string path, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<StoredFile>>([.. Entries(path).Select(FileOf).OfType<StoredFile>()]);

    public Task ProbeAsync(CancellationToken ct) => Task.CompletedTask;

    private static IEnumerable<FileSystemInfo> Entries(string path)
    {
        try
        {
            return [.. new DirectoryInfo(path).EnumerateFileSystemInfos()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is no folder yet, or its files only take space.
            return [];
        }
    }

    /// <returns>Null if the file was deleted meanwhile.</returns>
    private static StoredFile? FileOf(FileSystemInfo entry)
    {
        try
        {
            return new(entry.Name, (entry as FileInfo)?.Length, entry.LastWriteTimeUtc);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
