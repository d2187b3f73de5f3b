using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Files;

/// <summary>Files in a folder of this machine or of a network drive: what is written is stored.</summary>
internal sealed class LocalFiles(ServerFolder folder) : IFileStore
{
    public bool IsElsewhere => false;

    public Task KeepAsync(IReadOnlyCollection<string> paths, CancellationToken ct) => Task.CompletedTask;

    public Task KeepFolderAsync(string path, CancellationToken ct) => Task.CompletedTask;

    public async Task SendAsync(string source, string path, CancellationToken ct)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await FetchAsync(source, part, ct);
            File.Move(part, path, overwrite: true);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, path);
        }
        finally
        {
            File.Delete(part);
        }
    }

    public Task<bool> BringAsync(string path, CancellationToken ct) => Task.FromResult(File.Exists(path));

    public async Task<bool> FetchAsync(string path, string target, CancellationToken ct)
    {
        try
        {
            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await from.CopyToAsync(to, ct);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, target);
        }
    }

    public Task DropAsync(IReadOnlyCollection<string> paths, CancellationToken ct) => Task.CompletedTask;

    public Task DropFolderAsync(string path, CancellationToken ct) => Task.CompletedTask;

    public Task<IReadOnlyList<StoredFile>> ListAsync(string path, CancellationToken ct)
    {
        try
        {
            // Links are not followed, because they may point anywhere on this machine.
            IReadOnlyList<StoredFile> found = PlainFile.IsLink(path) ? [] :
            [
                .. from entry in new DirectoryInfo(path).EnumerateFileSystemInfos()
                   where !PlainFile.IsLink(entry.FullName)
                   select new StoredFile(entry.Name, (entry as FileInfo)?.Length),
            ];
            return Task.FromResult(found);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is no folder yet, or it only takes space.
            return Task.FromResult<IReadOnlyList<StoredFile>>([]);
        }
    }

    public Task ProbeAsync(CancellationToken ct)
    {
        folder.RequireWritable();
        return Task.CompletedTask;
    }
}
