using System.Security.Cryptography;
using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;

namespace SpeechEmotion.Downloads;

/// <summary>The folder that a model is downloaded into. One program holds it at a time, and it stays until the model is imported.</summary>
internal sealed class DownloadFolder : IDisposable
{
    private const int BlockLength = 1 << 18;

    private readonly ModelStore _store;
    private readonly string _id;
    private readonly IDisposable _hold;

    private DownloadFolder(ModelStore store, string id, string path, IDisposable hold) =>
        (_store, _id, Path, _hold) = (store, id, path, hold);

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <summary>
    /// Locks the folder of a model and deletes every file that is not part of the offer, because such a file could change the
    /// model's scores.
    /// </summary>
    /// <exception cref="DownloadException"><c>download.in_progress</c> or <c>download.not_written</c>.</exception>
    public static DownloadFolder Open(ModelStore store, ModelOffer offer, bool partial)
    {
        var path = store.DownloadDirectoryOf(offer.Id, partial);
        try
        {
            Directory.CreateDirectory(path);
            var hold = ModelStore.TryHold(path) ?? throw DownloadErrors.InProgress(offer.Id);
            Directory.CreateDirectory(path);
            var folder = new DownloadFolder(store, offer.Id, path, hold);
            var names = offer.Files.Append(offer.Example).OfType<HubFile>()
                .SelectMany(file => new[] { file.Name, file.Name + ".part", file.Name + ".part.journal" })
                .ToHashSet(StringComparer.Ordinal);
            foreach (var stranger in Directory.EnumerateFiles(path).Where(file => !names.Contains(System.IO.Path.GetFileName(file))))
                File.Delete(stranger);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DownloadErrors.NotWritten(path, e);
        }
    }

    /// <summary>The path of a complete file.</summary>
    public string FileOf(HubFile file) => System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file.Name));

    /// <summary>The path of a file until it is complete.</summary>
    public string PartOf(HubFile file) => FileOf(file) + ".part";

    /// <summary>Compares a complete file with the hash that the hub or the catalog gives for it.</summary>
    /// <returns>The error if they differ; null if they agree, or if neither gives a hash.</returns>
    public DownloadException? Fault(HubFile file, string sha256)
    {
        var (found, expected) = file.Sha256 is { } hash ? (sha256, hash)
            : file.GitBlob is { } blob ? (GitBlobOf(FileOf(file)), blob)
            : ("", "");
        return found == expected ? null : DownloadErrors.WrongHash(file.Name, found, expected);
    }

    /// <summary>Moves all files to a folder that <see cref="StoreSweep"/> does not clean.</summary>
    /// <returns>That folder.</returns>
    public string Keep()
    {
        var kept = _store.KeptDirectoryOf(_id);
        Directory.CreateDirectory(kept);
        foreach (var file in Directory.EnumerateFiles(Path))
            File.Move(file, System.IO.Path.Combine(kept, System.IO.Path.GetFileName(file)), overwrite: true);
        return kept;
    }

    /// <summary>Deletes the folder. If that fails, <see cref="StoreSweep"/> deletes it later.</summary>
    public void Delete()
    {
        try
        {
            ModelStore.Discard(Path);
        }
        catch (ModelException)
        {
            // The model is imported, or the reason why not is already reported.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hold.Dispose();

    /// <summary>Git's hash of a file: SHA-1 over a header and the bytes. The hub publishes it; security does not depend on it.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "Git's own format.")]
    private static string GitBlobOf(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var file = File.OpenRead(path);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes($"blob {file.Length}\0"));
        var block = new byte[BlockLength];
        while (file.Read(block) is > 0 and var read)
            hash.AppendData(block, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
