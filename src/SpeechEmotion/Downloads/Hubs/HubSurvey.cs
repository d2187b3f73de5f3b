using SpeechEmotion.Checkpoints;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;

namespace SpeechEmotion.Downloads.Hubs;

/// <summary>Asks several hubs for a model in parallel, and turns the first answer into an offer.</summary>
/// <param name="hubs">The hubs to ask.</param>
/// <param name="limit">The longest time for all answers together, including slow response bodies.</param>
/// <param name="time">The clock.</param>
internal sealed class HubSurvey(IReadOnlyList<IModelHub> hubs, TimeSpan limit, TimeProvider time)
{
    private const string Checkpoint = "model.pt";

    /// <summary>No speech emotion model is larger.</summary>
    private const long MaxCheckpoint = 20L << 30;

    /// <summary>No example of a few seconds is larger.</summary>
    private const long MaxExample = 16 << 20;

    /// <summary>Returns the catalog entry of a name, or an entry without known files for another owner and name.</summary>
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

    /// <summary>Returns the offer of the hub that answers first, without waiting for the others.</summary>
    /// <exception cref="DownloadException">
    /// No hub answers, no hub has the model, or its files are not those that the publisher released.
    /// </exception>
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
        throw failures is [var only] ? only : DownloadErrors.AllFailed(failures);
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
        // For a known model, exactly the files in the catalog: any other file could change its scores.
        var names = entry.Files.Count > 0 ? entry.Files.Select(file => file.Name) : FunAsrFiles.UsualNames;
        HubFile[] files = [.. names.Select(name => listing.Files.FirstOrDefault(file => file.Name == name)).OfType<HubFile>()];
        if (files is not [{ Name: Checkpoint }, { Name: "config.yaml" }, ..] || files.Length < entry.Files.Count)
        {
            var needed = entry.Files.Count > 0 ? names : [Checkpoint, "config.yaml"];
            throw DownloadErrors.NotFound(host, $"{string.Join(", ", needed)} ({listing.Page})");
        }
        if (files.FirstOrDefault(IsOdd) is { } odd)
            throw DownloadErrors.BadAnswer(host, $"its {odd.Name} is empty or too large.");
        return new(entry, hub.Name, listing.Page, [.. files.Select(file => Known(entry, file, host))])
        {
            Example = listing.Files.FirstOrDefault(
                file => file.Name == entry.Reference?.Example && file.Size is > 0 and <= MaxExample),
        };

        static bool IsOdd(HubFile file) => file.Size < 1 || file.Size > (file.Name == Checkpoint ? MaxCheckpoint : BoundedFile.MaxLength);
    }

    /// <summary>Requires that a file in the catalog has the size and hash given there, whatever the hub publishes.</summary>
    private static HubFile Known(CatalogueEntry entry, HubFile file, string host)
    {
        if (entry.Files.FirstOrDefault(known => known.Name == file.Name) is not { } known)
            return file;
        return known.Size == file.Size && (file.Sha256 is null || file.Sha256 == known.Sha256)
            ? file with { Sha256 = known.Sha256 }
            : throw DownloadErrors.Unexpected(host, file.Name);
    }
}
