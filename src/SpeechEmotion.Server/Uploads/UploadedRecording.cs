using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Uploads;

/// <summary>A recording that was uploaded and lies on the disk.</summary>
/// <param name="Path">Where; a name of our own, never one from outside.</param>
/// <param name="Name">What its sender calls it, without folders; only ever shown.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Temporary">Deleted as soon as it was recognised; otherwise its age decides.</param>
public sealed record UploadedRecording(string Path, string Name, long Size, bool Temporary)
{
    /// <summary>Its share of the disk; null for a file that is no upload.</summary>
    internal DiskShare? Space { get; init; }

    /// <summary>Removes it where it is temporary. It never fails: what cannot be removed now goes at the next start.</summary>
    public void Release()
    {
        if (Temporary)
            Discard();
    }

    /// <summary>Removes it whether it is temporary or not, for a request that came to nothing.</summary>
    public void Discard()
    {
        Remove(Path);
        Space?.Dispose();
    }

    /// <summary>Removes an upload's file; one that cannot be removed is left for the next start.</summary>
    internal static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Tidying up must not hide the result or the error that it follows.
        }
    }
}
