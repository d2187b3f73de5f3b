using SpeechEmotion.Outputs;

namespace SpeechEmotion.Server.Exports;

/// <summary>
/// A file that is written under another name in the same folder (<c>.results.csv.part</c>) and renamed when it is complete: readers
/// never see half a file, and an interrupted export leaves the earlier one.
/// </summary>
internal sealed class PartFile : IAsyncDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly string _part;
    private readonly string _path;
    private readonly FileStream _stream;
    private bool _isPublished;

    private PartFile(string part, string path, FileStream stream) => (_part, _path, _stream) = (part, path, stream);

    /// <summary>Receives the content.</summary>
    public Stream Stream => _stream;

    /// <summary>Creates the file, over one that an interrupted export left.</summary>
    /// <exception cref="Errors.OutputException">The file cannot be created, or another export is writing it.</exception>
    public static PartFile Create(string folder, string name) => Guard(folder, name, () =>
    {
        var part = PartOf(folder, name);
        var stream = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes);
        return new PartFile(part, Path.Combine(folder, name), stream);
    });

    /// <summary>Removes a file of an earlier export, and what an interrupted one left of it.</summary>
    /// <exception cref="Errors.OutputException">The file cannot be removed.</exception>
    public static void Remove(string folder, string name) => Guard(folder, name, () =>
    {
        File.Delete(PartOf(folder, name));
        File.Delete(Path.Combine(folder, name));
        return true;
    });

    /// <summary>Writes the content to the disk. The file keeps its other name.</summary>
    /// <exception cref="IOException">The disk is full or unavailable.</exception>
    public async Task CompleteAsync(CancellationToken ct)
    {
        await _stream.FlushAsync(ct);
        _stream.Flush(flushToDisk: true);
        await _stream.DisposeAsync();
    }

    /// <summary>Renames the complete file, over one of an earlier export.</summary>
    /// <exception cref="IOException">The rename failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Publish()
    {
        File.Move(_part, _path, overwrite: true);
        _isPublished = true;
    }

    /// <summary>Deletes the file if it was not published.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.DisposeAsync();
        }
        catch (IOException)
        {
            // A buffer that a full disk refused; the failure was reported when it was first written.
        }
        // The name may by now belong to a later export.
        if (_isPublished)
            return;
        try
        {
            File.Delete(_part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next export overwrites it.
        }
    }

    private static string PartOf(string folder, string name) => Path.Combine(folder, $".{name}.part");

    private static T Guard<T>(string folder, string name, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Path.Combine(folder, name));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, Path.Combine(folder, name));
        }
    }
}
