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

    /// <summary>The copies that may be deleted, with the timestamps of their last use.</summary>
    private readonly ConcurrentDictionary<string, long> _copies = [];

    /// <summary>Creates the store; it does not connect yet.</summary>
    public BucketFiles(ServerFolder folder, BucketAddress address, TimeProvider time, ILogger<BucketFiles> logger)
    {
        (_folder, _address, _time, _client) = (folder, address, time, new(address, time, logger));
        _timer = time.CreateTimer(_ => DeleteCopies(), null, Interval, Interval);
    }

    public bool IsElsewhere => true;

    public Task KeepAsync(IReadOnlyCollection<string> paths, CancellationToken ct) => Parallel.ForEachAsync(
        paths, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
        async (path, stop) => await KeepAsync(path, stop));

    public async Task KeepFolderAsync(string path, CancellationToken ct)
    {
        var result = Path.Combine(path, ResultFiles.Result);
        await KeepAsync([.. Directory.EnumerateFiles(path).Where(file => file != result)], ct);
        await KeepAsync(result, ct);
    }

    public Task SendAsync(string source, string path, CancellationToken ct) => _client.PutAsync(KeyOf(path), source, ct);

    public async Task<bool> BringAsync(string path, CancellationToken ct)
    {
        // First: what is used now must not be deleted now.
        if (_copies.ContainsKey(path))
            Track(path);
        if (File.Exists(path))
            return true;
        if (!await _client.GetAsync(KeyOf(path), path, ct))
            return false;
        Track(path);
        return true;
    }

    public Task<bool> FetchAsync(string path, string target, CancellationToken ct) => _client.GetAsync(KeyOf(path), target, ct);

    public Task DropAsync(IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        foreach (var path in paths)
            _copies.TryRemove(path, out _);
        return _client.DeleteAsync(paths.Select(KeyOf), ct);
    }

    public async Task DropFolderAsync(string path, CancellationToken ct)
    {
        List<string> keys = [];
        await foreach (var (key, _) in _client.ListAsync(KeyOf(path) + "/", isDeep: true, ct))
            keys.Add(key);
        foreach (var copy in _copies.Keys.Where(copy => copy.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            _copies.TryRemove(copy, out _);
        await _client.DeleteAsync(keys, ct);
    }

    public async Task<IReadOnlyList<StoredFile>> ListAsync(string path, CancellationToken ct)
    {
        List<StoredFile> found = [];
        var prefix = KeyOf(path) + "/";
        await foreach (var (key, size) in _client.ListAsync(prefix, isDeep: false, ct))
            found.Add(new(key[prefix.Length..].TrimEnd('/'), size));
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
        Track(path);
    }

    /// <summary>Counts a use of a copy. Uploads are deleted with their recognitions.</summary>
    private void Track(string path)
    {
        if (Path.GetDirectoryName(path) != _folder.Accepted)
            _copies[path] = _time.GetTimestamp();
    }

    /// <summary>Deletes the copies that were not used for a while. On a worker, no client asks for them.</summary>
    private void DeleteCopies()
    {
        var retention = _folder.IsWorker ? TimeSpan.Zero : Retention;
        foreach (var copy in _copies.Where(copy => _time.GetElapsedTime(copy.Value) > retention))
        {
            // Not if it was used meanwhile.
            if (!_copies.TryRemove(copy))
                continue;
            try
            {
                File.Delete(copy.Key);
                var parent = Path.GetDirectoryName(copy.Key)!;
                if (Path.GetDirectoryName(parent) == _folder.Results && !Directory.EnumerateFileSystemEntries(parent).Any())
                    Directory.Delete(parent);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next start deletes it.
            }
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
