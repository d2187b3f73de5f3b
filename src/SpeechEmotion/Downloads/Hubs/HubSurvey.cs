using SpeechEmotion.Checkpoints;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;

namespace SpeechEmotion.Downloads.Hubs;

/// <summary>Asks hubs for a model, all at once, and makes an offer of the first answer.</summary>
/// <param name="hubs">Whom to ask.</param>
/// <param name="limit">How long any answer may take in all, however it trickles.</param>
/// <param name="time">Measures that.</param>
internal sealed class HubSurvey(IReadOnlyList<IModelHub> hubs, TimeSpan limit, TimeProvider time)
{
    private const string Checkpoint = "model.pt";

    /// <summary>Larger is no speech emotion model.</summary>
    private const long MaxCheckpoint = 20L << 30;

    /// <summary>Larger is no example of some seconds.</summary>
    private const long MaxExample = 16 << 20;

    /// <summary>What is meant by a name.</summary>
    /// <exception cref="DownloadException"><c>download.unknown_model</c>.</exception>
    public static CatalogueEntry EntryOf(string name, bool fromFolder)
    {
        name = name.Trim();
        var id = ModelCatalogue.NameOf(name);
        if (ModelCatalogue.Find(id) is { } entry)
            return entry;
        var parts = name.Split('/');
        return (parts.Length == 2 || (fromFolder && parts.Length == 1)) && parts.All(IsName)
            ? new(id, name, name, ModelCatalogue.LicenseOf(id), true, [])
            : throw DownloadErrors.Unknown(name, ModelCatalogue.Entries.Select(known => known.Id));

        static bool IsName(string part) => part is [not '.', ..] && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
    }

    /// <summary>The first answer; the others are not waited for.</summary>
    /// <exception cref="DownloadException">Nobody answers, nobody has it, or it is another one than the publisher's.</exception>
    public async Task<ModelOffer> AskAsync(CatalogueEntry entry, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        Task<ModelOffer>[] asked = [.. hubs.Select(hub => AskAsync(hub, entry, rest.Token, late.Token))];
        var failures = new List<DownloadException>();
        try
        {
            await foreach (var answer in Task.WhenEach(asked))
            {
                try
                {
                    return await answer;
                }
                catch (DownloadException e)
                {
                    failures.Add(e);
                }
            }
        }
        finally
        {
            await rest.CancelAsync();
            await Task.WhenAll((Task[])asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        throw failures is [var only] ? only : DownloadErrors.Nobody(failures);
    }

    private static async Task<ModelOffer> AskAsync(IModelHub hub, CatalogueEntry entry, CancellationToken ct, CancellationToken late)
    {
        try
        {
            return Offer(entry, hub, await hub.ListAsync(ct));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw DownloadErrors.Unreachable(hub.Connection.Host, "it took too long.");
        }
    }

    private static ModelOffer Offer(CatalogueEntry entry, IModelHub hub, HubListing listing)
    {
        var host = hub.Connection.Host;
        // Of a model that is known, all that belongs to it and nothing else: a file beside it could change what it says.
        var names = entry.Files.Count > 0 ? entry.Files.Select(file => file.Name) : FunAsrFiles.UsualNames;
        HubFile[] files = [.. names.Select(name => listing.Files.FirstOrDefault(file => file.Name == name)).OfType<HubFile>()];
        if (files is not [{ Name: Checkpoint }, { Name: "config.yaml" }, ..] || files.Length < entry.Files.Count)
            throw DownloadErrors.NotFound(host, $"{string.Join(", ", entry.Files.Count > 0 ? names : [Checkpoint, "config.yaml"])} ({listing.Page})");
        if (files.FirstOrDefault(file => file.Size < 1 || file.Size > (file.Name == Checkpoint ? MaxCheckpoint : BoundedFile.MaxLength)) is { } odd)
            throw DownloadErrors.BadAnswer(host, $"its {odd.Name} is empty or larger than any.");
        return new(entry, hub.Name, listing.Page, [.. files.Select(file => Known(entry, file, host))])
        {
            Example = listing.Files.FirstOrDefault(file => file.Name == entry.Reference?.Example && file.Size is > 0 and <= MaxExample),
        };
    }

    /// <summary>Where the catalogue knows a file, that is what it must be, whatever the hub says.</summary>
    private static HubFile Known(CatalogueEntry entry, HubFile file, string host)
    {
        if (entry.Files.FirstOrDefault(known => known.Name == file.Name) is not { } known)
            return file;
        return known.Size == file.Size && (file.Sha256 is null || file.Sha256 == known.Sha256)
            ? file with { Sha256 = known.Sha256 }
            : throw DownloadErrors.Unexpected(host, file.Name);
    }
}
