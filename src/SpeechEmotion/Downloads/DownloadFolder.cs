using System.Security.Cryptography;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;

namespace SpeechEmotion.Downloads;

/// <summary>The folder that a model is downloaded into, held by one program at a time; it stays until the model is imported.</summary>
internal sealed class DownloadFolder : IDisposable
{
    private readonly FileStream _lock;

    private DownloadFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>Where the files go.</summary>
    public string Path { get; }

    /// <summary>Takes the folder of a model.</summary>
    /// <exception cref="DownloadException"><c>download.in_progress</c> or <c>download.not_written</c>.</exception>
    public static DownloadFolder Open(ModelStore store, string id, bool partial)
    {
        var path = store.DownloadDirectoryOf(id, partial);
        try
        {
            Directory.CreateDirectory(path);
            return new(path, Hold(path) ?? throw DownloadFaults.InProgress(id));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DownloadFaults.NotWritten(path, e);
        }
    }

    /// <summary>Compares a file with what the hub or the catalogue says of it, and deletes it where it differs.</summary>
    /// <returns>Its SHA-256; null where it is not there.</returns>
    /// <exception cref="DownloadException"><c>download.wrong_hash</c>.</exception>
    public string? Check(HubFile file, IProgress<double>? progress, CancellationToken ct)
    {
        var path = FileOf(file);
        if (!File.Exists(path))
            return null;
        var sha256 = Checksum.OfFile(path, progress, ct);
        if (file.Sha256 is { } expected)
            Require(path, file, sha256, expected);
        else if (file.GitBlob is { } blob)
            Require(path, file, GitBlobOf(path), blob);
        return sha256;
    }

    /// <summary>Where a file goes.</summary>
    public string FileOf(HubFile file) => System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file.Name));

    /// <summary>Deletes everything in it.</summary>
    public void Delete()
    {
        _lock.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <returns>Null where another program has it.</returns>
    private static FileStream? Hold(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, ModelStore.LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(System.IO.Path.Combine(path, ModelStore.LockFile)))
        {
            return null;
        }
    }

    private static void Require(string path, HubFile file, string found, string expected)
    {
        if (found == expected)
            return;
        File.Delete(path);
        throw DownloadFaults.WrongHash(file.Name, found, expected);
    }

    /// <summary>Git's hash of a small file: SHA-1 over a header and its bytes. It is what the hub names, not what anything is trusted for.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "Git's own format.")]
    private static string GitBlobOf(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return Convert.ToHexStringLower(SHA1.HashData([.. System.Text.Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]));
    }
}
