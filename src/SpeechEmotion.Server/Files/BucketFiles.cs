using System.Collections.Concurrent;
using SpeechEmotion.Outputs;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Files;

/// <summary>
/// Files in a bucket. The key of a file is its path below <see cref="ServerFolder.Results"/>, so the bucket looks like a shared folder, and
/// can be copied into one. Copies that were not used for a while are deleted.
/// </summary>
internal sealed class BucketFiles : IFileStore, IDisposable
{
    /// <summary>How long a copy is kept after its last use: a client that asked for a result asks for its files, too.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How many files are stored at once.</summary>
    private const int AtOnce = 8;

    private readonly ServerFolder _folder;
    private readonly BucketAddress _address;
    private readonly TimeProvider _time;
    private readonly BucketClient _client;
    private readonly ITimer _timer;

    /// <summary>Held while copies are deleted: what is used now must not be deleted now.</summary>
    private readonly Lock _deletion = new();

    /// <summary>The copies that may be deleted, with the timestamps of their last use.</summary>
    private readonly ConcurrentDictionary<string, long> _copies = [];

    /// <summary>Creates the store; it does not connect yet.</summary>
    public BucketFiles(ServerFolder folder, BucketAddress address, TimeProvider time, ILogger<BucketFiles> logger)
    {
        (_folder, _address, _time, _client) = (folder, address, time, new(address, time, logger));
        _timer = time.CreateTimer(_ => DeleteCopies(), null, Interval, Interval);
    }

    public bool IsElsewhere => true;

    public RequestException? Failure => _client.Failure;

    public Task KeepAsync(IReadOnlyCollection<string> paths, CancellationToken ct) => Parallel.ForEachAsync(
        paths, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
        async (path, stop) => await KeepAsync(path, stop));

    public async Task KeepFolderAsync(string path, CancellationToken ct)
    {
        var result = Path.Combine(path, ResultFiles.Result);
        string[] others = [.. Directory.EnumerateFiles(path).Where(file => file != result)];
        await KeepAsync(others, ct);
        await KeepAsync(result, ct);
        foreach (var file in others.Append(result))
            Track(file);
    }

    public Task SendAsync(string source, string path, CancellationToken ct) => _client.PutAsync(KeyOf(path), source, ct);

    public async Task<bool> BringAsync(string path, CancellationToken ct)
    {
        if (IsCopied(path))
            return true;
        return await FetchAsync(path, path, ct);
    }

    public async Task<bool> FetchAsync(string path, string target, CancellationToken ct)
    {
        var part = CreatePart(target);
        try
        {
            if (!await _client.GetAsync(KeyOf(path), part, ct))
                return false;
            lock (_deletion)
            {
                File.Move(part, target, overwrite: true);
                if (path == target)
                    Track(path);
            }
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another caller has deleted the folder with all copies.
            return false;
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Path.GetFileName(target));
        }
        finally
        {
            Remove(part);
        }
    }

    public Task DropAsync(IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        foreach (var path in paths)
            _copies.TryRemove(path, out _);
        return _client.DeleteAsync(paths.Select(KeyOf), ct);
    }

    public async Task DropFolderAsync(string path, CancellationToken ct)
    {
        List<string> keys = [];
        await foreach (var (key, _, _) in _client.ListAsync(KeyOf(path) + "/", isDeep: true, ct))
            keys.Add(key);
        foreach (var copy in _copies.Keys.Where(copy => copy.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            _copies.TryRemove(copy, out _);
        await _client.DeleteAsync(keys, ct);
    }

    public async Task<IReadOnlyList<StoredFile>> ListAsync(string path, CancellationToken ct)
    {
        List<StoredFile> found = [];
        var prefix = KeyOf(path) + "/";
        await foreach (var (key, size, modified) in _client.ListAsync(prefix, isDeep: false, ct))
            found.Add(new(key[prefix.Length..].TrimEnd('/'), size, modified));
        return found;
    }

    public async Task ProbeAsync(CancellationToken ct)
    {
        try
        {
            await _client.ProbeAsync(KeyOf(Path.Combine(_folder.Accepted, $"{_folder.Program}.probe")), ct);
        }
        catch (RequestException failure)
        {
            throw FileErrors.At(_address.Name, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _client.Dispose();
    }

    private async Task KeepAsync(string path, CancellationToken ct)
    {
        try
        {
            await _client.PutAsync(KeyOf(path), path, ct);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Path.GetFileName(path));
        }
    }

    private static void Remove(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (IOException)
        {
            // The next start deletes it.
        }
    }

    /// <summary>Whether there is a copy; if so, it stays for a while.</summary>
    private bool IsCopied(string path)
    {
        lock (_deletion)
        {
            if (!File.Exists(path))
                return false;
            Track(path);
            return true;
        }
    }

    private void Track(string path) => _copies[path] = _time.GetTimestamp();

    /// <summary>Creates the file that receives another one, in the same folder, which is not deleted from then on.</summary>
    private string CreatePart(string target)
    {
        var part = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            lock (_deletion)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Create(part).Dispose();
            }
            return part;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw OutputErrors.Of(failure, Path.GetFileName(target));
        }
    }

    /// <summary>Deletes the copies that were not used for a while. On a worker, no client asks for them.</summary>
    internal void DeleteCopies()
    {
        var retention = _folder.IsWorker ? TimeSpan.Zero : Retention;
        foreach (var path in _copies.Keys)
        {
            lock (_deletion)
            {
                if (_copies.TryGetValue(path, out var used) && _time.GetElapsedTime(used) > retention && TryDelete(path))
                    _copies.TryRemove(path, out _);
            }
        }
    }

    /// <summary>Deletes a copy, and the folder of a result with its last one.</summary>
    private bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            var parent = Path.GetDirectoryName(path)!;
            if (Path.GetDirectoryName(parent) == _folder.Results && !Directory.EnumerateFileSystemEntries(parent).Any())
                Directory.Delete(parent);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is open, on Windows.
            return false;
        }
    }

    private string KeyOf(string path)
    {
        var relative = Path.GetRelativePath(_folder.Results, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? throw new ArgumentException($"{path} is not below {_folder.Results}.", nameof(path))
            : _address.Prefix + relative.Replace(Path.DirectorySeparatorChar, '/');
    }
}
