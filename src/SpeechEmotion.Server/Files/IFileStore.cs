using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Files;

/// <summary>
/// Where programs share results and recordings. Each file has a path in <see cref="ServerFolder.Results"/>; if the files are elsewhere,
/// that path is for a copy, which may be missing.
/// </summary>
/// <remarks>
/// All methods may throw a <see cref="RequestException"/> with a code that starts with <see cref="FileErrors.Prefix"/>, after they
/// have waited for the end of a short failure, or an <see cref="SpeechEmotion.Errors.OutputException"/>.
/// </remarks>
public interface IFileStore
{
    /// <summary>Whether the files are elsewhere, so that a new one must be stored before other programs look for it.</summary>
    bool IsElsewhere { get; }

    /// <summary>Why the place could just not be used; null if it could. It names neither the bucket nor the store.</summary>
    RequestException? Failure { get; }

    /// <summary>Whether a program should not begin what needs the place.</summary>
    bool IsFailing => Failure is not null;

    /// <summary>Stores files.</summary>
    /// <param name="paths">The files, each complete; after a failure, some of them are stored.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task KeepAsync(IReadOnlyCollection<string> paths, CancellationToken ct);

    /// <summary>Stores the files of a result folder; <c>result.json</c> last, so that it is there only if all are.</summary>
    Task KeepFolderAsync(string path, CancellationToken ct);

    /// <summary>Stores a copy of a file that belongs to the caller.</summary>
    /// <param name="source">The file.</param>
    /// <param name="path">The path under which the copy is stored.</param>
    /// <param name="ct">Cancels the operation.</param>
    Task SendAsync(string source, string path, CancellationToken ct);

    /// <summary>Provides the copy of a file.</summary>
    /// <returns>Whether there is such a file.</returns>
    Task<bool> BringAsync(string path, CancellationToken ct);

    /// <summary>Copies a file to a path that belongs to the caller, over a file that may be there.</summary>
    /// <returns>Whether there is such a file.</returns>
    Task<bool> FetchAsync(string path, string target, CancellationToken ct);

    /// <summary>Deletes stored files. Their copies, if there are any, are the caller's.</summary>
    Task DropAsync(IReadOnlyCollection<string> paths, CancellationToken ct);

    /// <summary>Deletes a stored folder with its contents. The copies are the caller's.</summary>
    Task DropFolderAsync(string path, CancellationToken ct);

    /// <summary>Returns the files and folders directly in a folder; none if it does not exist.</summary>
    Task<IReadOnlyList<StoredFile>> ListAsync(string path, CancellationToken ct);

    /// <summary>Throws if files are elsewhere and cannot be stored there now.</summary>
    Task ProbeAsync(CancellationToken ct);
}
