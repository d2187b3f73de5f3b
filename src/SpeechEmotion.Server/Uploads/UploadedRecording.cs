using SpeechEmotion.Errors;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Uploads;

/// <summary>An uploaded recording on the disk.</summary>
/// <param name="Path">The path; its name is generated, never taken from the sender.</param>
/// <param name="Name">The sender's name without folders; for display only.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Temporary">Whether the file is deleted after its recognition; otherwise its age decides.</param>
public sealed record UploadedRecording(string Path, string Name, long Size, bool Temporary)
{
    /// <summary>The sender's name with its relative folders, between slashes; null if the sender gave no file name.</summary>
    internal string? SentPath { get; init; }

    /// <summary>Its share of the disk budget; null for a file that is not an upload.</summary>
    internal DiskShare? Space { get; init; }

    /// <summary>Where it is stored for all programs, if that is elsewhere; null if only this program has it, or all see its file.</summary>
    internal IFileStore? Store { get; init; }

    /// <summary>Whether this program has the file; otherwise <see cref="UploadStore.BringAsync"/> copies it from the store.</summary>
    internal bool IsHere { get; init; } = true;

    /// <summary>Removes a temporary file. It never fails: a file that cannot be removed now is removed at the next start.</summary>
    public void Release()
    {
        if (Temporary)
            Discard();
    }

    /// <summary>Leaves the file to another program.</summary>
    internal void Leave()
    {
        if (Store is not null && IsHere)
            Remove(Path);
        Space?.Dispose();
    }

    /// <summary>Removes the file in any case, for a request that failed.</summary>
    public void Discard()
    {
        if (IsHere)
            Remove(Path);
        Space?.Dispose();
        if (Store is not null)
            _ = DropAsync(Store);
    }

    private async Task DropAsync(IFileStore store)
    {
        try
        {
            await store.DropAsync([Path], CancellationToken.None);
        }
        catch (Exception e) when (e is SpeechEmotionException or ObjectDisposedException or OperationCanceledException)
        {
            // The store does not answer, or the program ends: the next start deletes it.
        }
    }

    /// <summary>Removes a file; a file that cannot be removed stays until the next start.</summary>
    internal static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A failed clean-up must not hide the result or the error before it.
        }
    }
}
