using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>
/// The recordings that clients send for batches, and those of their archives: a folder for each batch, kept until the batch is deleted,
/// so that people can listen to them. They count as results in the disk budget.
/// </summary>
public sealed class BatchFolders(ServerFolder folder, DiskBudget disk)
{
    /// <summary>Creates a folder and returns its name.</summary>
    /// <exception cref="OutputException">The disk is full or cannot be written.</exception>
    public string Create()
    {
        var name = $"{folder.Program}-{Guid.CreateVersion7():N}";
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
        return name;
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

    /// <summary>The path of the file that adds metadata to the recordings of a batch; null if there is none.</summary>
    public string? MetadataOf(BatchEntry batch) =>
        batch is { Folder: { } own, Metadata: { } name } ? Path.Combine(PathOf(own), name) : null;

    /// <summary>Whether a file is in the folder of a batch, so that the server owns it.</summary>
    public bool Owns(string path) => path.StartsWith(folder.Batches + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Deletes a file of a batch. A file that cannot be deleted goes with its folder.</summary>
    public void DeleteFile(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            File.Delete(path);
            disk.Release(size);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file only takes space.
        }
    }

    /// <summary>
    /// Deletes the files in the folder of a batch that its rows do not name: a crash leaves them if it interrupts the request that moved
    /// them there. Names are compared, not paths, because the output folder may have been moved.
    /// </summary>
    /// <param name="name">Name of the folder.</param>
    /// <param name="named">Names of the files that stay.</param>
    public void DeleteFilesExcept(string name, IReadOnlySet<string> named)
    {
        try
        {
            foreach (var file in new DirectoryInfo(PathOf(name)).EnumerateFiles())
            {
                if (!named.Contains(file.Name) && folder.IsLeft(file))
                    DeleteFile(file.FullName);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The files only take space, or there is no folder yet.
        }
    }

    /// <summary>Deletes the folder of a batch. One that cannot be deleted now is deleted at the next start.</summary>
    /// <param name="name">Name of the folder.</param>
    /// <param name="counted">Whether the disk budget counts its files.</param>
    public void Delete(string name, bool counted = true)
    {
        try
        {
            var size = counted ? OutputSize.Of(PathOf(name)) : 0;
            Directory.Delete(PathOf(name), recursive: true);
            disk.Release(size);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder only takes space.
        }
    }

    /// <summary>Deletes the folders that belong to no batch: those of requests that a crash interrupted.</summary>
    public void DeleteExcept(IReadOnlySet<string> kept)
    {
        if (!Directory.Exists(folder.Batches))
            return;
        foreach (var own in new DirectoryInfo(folder.Batches).EnumerateDirectories())
        {
            if (!kept.Contains(own.Name) && folder.IsLeft(own))
                Delete(own.Name);
        }
    }
}
