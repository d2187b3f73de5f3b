using Microsoft.Extensions.Options;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>Decides which recordings of batches clients may download.</summary>
internal sealed class BatchAudio(BatchFolders folders, ServerFolder server, IOptions<ServerOptions> options)
{
    /// <summary>
    /// Whether clients may read the file of an item: it was sent for a batch, or is below <c>--batch-root</c> and not the server's own.
    /// The location alone must not decide: a client's manifest, or the command that shares the database, may have named any file.
    /// </summary>
    public bool MayRead(BatchItemRow item) =>
        item.Code?.StartsWith(SourceException.Prefix, StringComparison.Ordinal) != true
        && (folders.Owns(item.Location) || IsBelowRoot(item.Location))
        && File.Exists(item.Location) && RegularFile.Is(item.Location);

    private bool IsBelowRoot(string location) =>
        options.Value.BatchRoot is { } root && Path.IsPathFullyQualified(location)
        && SourceRoot.Contains(Path.GetFullPath(root), location)
        && !SourceRoot.Contains(server.Own, location) && !SourceRoot.Contains(server.Shared, location);
}
