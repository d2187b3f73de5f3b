using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// The recordings that clients send for batches, and those of their archives: a folder for each batch, kept until the batch is deleted,
/// so that people can listen to them. They count as results in the disk budget. If the files are elsewhere, the folder has only copies.
/// </summary>
public sealed class BatchFolders(ServerFolder folder, IFileStore files, DiskBudget disk)
{
    /// <summary>Creates a folder and returns its name.</summary>
    /// <exception cref="OutputException">The disk is full or cannot be written.</exception>
    public string Create()
    {
        var name = folder.NewName();
        Create(name);
        return name;
    }

    /// <summary>Creates the folder for the copies of files of a batch, if the files are elsewhere.</summary>
    /// <exception cref="OutputException">The disk is full or cannot be written.</exception>
    public void Provide(string name)
    {
        if (files.IsElsewhere)
            Create(name);
    }

    private void Create(string name)
    {
        try
        {
            Directory.CreateDirectory(PathOf(name));
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Path.GetFileName(folder.Batches));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, Path.GetFileName(folder.Batches));
        }
    }

    /// <summary>Returns the full path of a folder.</summary>
    public string PathOf(string name) => Path.Combine(folder.Batches, name);

    /// <summary>
    /// Returns where a recording of a batch is for this program: others may have another path for the shared folder, and the output
    /// folder may have been moved.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="location">The location of a recording as the program stored it that added the recording.</param>
    public string LocationOf(BatchEntry batch, string location)
    {
        if (batch.Folder is not { } own || !Path.IsPathFullyQualified(location)
            || location.IndexOf(own, StringComparison.Ordinal) is not (> 0 and var at))
        {
            return location;
        }
        var here = Path.GetFullPath(PathOf(own) + location[(at + own.Length)..]);
        return here.StartsWith(PathOf(own) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? here : location;
    }

    /// <summary>Returns the full path of the folder for the recordings of the batch's archives.</summary>
    public string UnpackedOf(string name) => Path.Combine(PathOf(name), "unpacked");

    /// <summary>Provides the file that adds metadata to the recordings of a batch, and returns its path; null if there is none.</summary>
    public async Task<string?> BringMetadataAsync(BatchEntry batch, CancellationToken ct)
    {
        if (batch is not { Folder: { } own, Metadata: { } name })
            return null;
        var path = Path.Combine(PathOf(own), Path.GetFileName(name));
        await files.BringAsync(path, ct);
        return path;
    }

    /// <summary>
    /// Provides a file of a batch, if it is elsewhere. A file that is not in the folder of a batch, but for example below --batch-root, is
    /// on this machine.
    /// </summary>
    public async Task BringAsync(string path, CancellationToken ct)
    {
        if (Owns(path))
            await files.BringAsync(path, ct);
    }

    /// <summary>Whether a worker must fetch a recording, because it is elsewhere.</summary>
    public bool IsElsewhere(string path) => files.IsElsewhere && Owns(path);

    /// <summary>
    /// Stores files of a batch where other programs find them, if that is elsewhere, and deletes them here. Files that do not exist, as a
    /// manifest may name them, are left out.
    /// </summary>
    /// <param name="paths">The files.</param>
    /// <param name="space">The share of the disk budget that counts them; null if they count as results.</param>
    /// <param name="ct">Cancels the operation.</param>
    public async Task KeepAsync(IReadOnlyCollection<string> paths, DiskShare? space, CancellationToken ct)
    {
        if (!files.IsElsewhere)
            return;
        string[] written = [.. paths.Where(File.Exists)];
        await files.KeepAsync(written, ct);
        foreach (var path in written)
        {
            if (space is null)
                DeleteCopy(path);
            else
                space.Free(Delete(path));
        }
    }

    /// <summary>Whether a file is in the folder of a batch, so that the server owns it.</summary>
    public bool Owns(string path) => Path.IsPathFullyQualified(path)
        && Path.GetFullPath(path).StartsWith(folder.Batches + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Deletes files of a batch. A file that cannot be deleted goes with its folder.</summary>
    public async Task DeleteFilesAsync(IReadOnlyCollection<string> paths)
    {
        foreach (var path in paths)
            DeleteCopy(path);
        await TryAsync(() => files.DropAsync(paths, CancellationToken.None));
    }

    /// <summary>
    /// Deletes the files in the folder of a batch that its rows do not name: a crash leaves them if it interrupts the request that moved
    /// them there. Names are compared, not paths, because the output folder may have been moved.
    /// </summary>
    /// <param name="name">Name of the folder.</param>
    /// <param name="named">Names of the files that stay.</param>
    /// <param name="ct">Cancels the operation.</param>
    public async Task DeleteFilesExceptAsync(string name, IReadOnlySet<string> named, CancellationToken ct)
    {
        await DeleteFilesAsync(
        [
            .. from file in await files.ListAsync(PathOf(name), ct)
               where !file.IsFolder && !named.Contains(file.Name) && folder.IsLeft(file.Name, file.Modified)
               select Path.Combine(PathOf(name), file.Name),
        ]);
    }

    /// <summary>Deletes the folder of a batch. One that cannot be deleted now is deleted at the next start.</summary>
    public async Task DeleteAsync(string name)
    {
        await TryAsync(() => files.DropFolderAsync(PathOf(name), CancellationToken.None));
        await Task.Run(() => DeleteCopies(name));
    }

    /// <summary>
    /// Deletes the folder of a batch like <see cref="DeleteAsync"/>, but without a wait if it is elsewhere: thousands of files take
    /// minutes.
    /// </summary>
    public Task DiscardAsync(string name)
    {
        var deletion = DeleteAsync(name);
        return files.IsElsewhere ? Task.CompletedTask : deletion;
    }

    /// <summary>Deletes a folder that only this program has used.</summary>
    /// <param name="name">Name of the folder.</param>
    /// <param name="counted">Whether the disk budget counts its files.</param>
    public void DeleteCopies(string name, bool counted = true)
    {
        try
        {
            var size = counted ? OutputSize.Of(PathOf(name)) : 0;
            Directory.Delete(PathOf(name), recursive: true);
            disk.Release(size);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder only takes space, or there is none.
        }
    }

    /// <summary>Deletes the folders that belong to no batch: those of requests that a crash interrupted.</summary>
    public async Task DeleteExceptAsync(IReadOnlySet<string> kept, CancellationToken ct)
    {
        foreach (var own in await files.ListAsync(folder.Batches, ct))
        {
            if (own.IsFolder && !kept.Contains(own.Name) && folder.IsLeft(own.Name, own.Modified))
                await DeleteAsync(own.Name);
        }
    }

    /// <summary>Deletes a file that only this program has used. One that cannot be deleted goes with its folder.</summary>
    public void DeleteCopy(string path) => disk.Release(Delete(path));

    /// <returns>The bytes that are free now.</returns>
    private static long Delete(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            File.Delete(path);
            return size;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file only takes space, or there is none.
            return 0;
        }
    }

    private static async Task TryAsync(Func<Task> deletion)
    {
        try
        {
            await deletion();
        }
        catch (Exception e) when (e is SpeechEmotionException or ObjectDisposedException)
        {
            // The store has reported it, or the program ends; the next start deletes what is left.
        }
    }
}
