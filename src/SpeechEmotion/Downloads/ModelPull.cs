using SpeechEmotion.Checkpoints;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Downloads;

/// <summary>
/// Gets models: asks a hub, downloads, checks, imports. It is the only part of the library that uses the network, and does so
/// only when it is called.
/// </summary>
/// <param name="store">Takes the models, and what is on its way.</param>
/// <param name="environment">
/// Reads an environment variable: <c>HF_ENDPOINT</c>, <c>HF_TOKEN</c>, <c>MODELSCOPE_DOMAIN</c>, <c>MODELSCOPE_API_TOKEN</c>.
/// </param>
/// <param name="time">Measures rate and pauses.</param>
public sealed class ModelPull(ModelStore store, Func<string, string?> environment, TimeProvider time)
{
    /// <summary>Larger is no speech emotion model.</summary>
    private const long MaxCheckpoint = 20L << 30;

    /// <summary>Of this user.</summary>
    public static ModelPull Default => new(ModelStore.Default, Environment.GetEnvironmentVariable, TimeProvider.System);

    internal TransferSettings Settings { get; init; } = TransferSettings.Default;

    internal Func<string, long> FreeSpace { get; init; } = directory => new DriveInfo(directory).AvailableFreeSpace;

    /// <summary>The model, where it is in the store already and was checked as well as it would be now.</summary>
    /// <param name="name">A name of the catalogue, or owner and name.</param>
    /// <param name="partial">Whether parts would do.</param>
    public ModelFolder? Find(string name, bool partial = false) =>
        store.Find(ModelCatalogue.NameOf(name)) is { } stored && (stored.Manifest.Check == ModelCheck.Publisher || (partial && stored.Manifest.Check == ModelCheck.Parts))
            ? stored
            : null;

    /// <summary>Asks what there is.</summary>
    /// <param name="name">A name of the catalogue, or owner and name of any other model.</param>
    /// <param name="options">Whom to ask.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="DownloadException">Nobody answers, nobody has it, or it is another one than the publisher's.</exception>
    public async Task<ModelOffer> AskAsync(string name, PullOptions options, CancellationToken ct = default)
    {
        var entry = EntryOf(name, options);
        // Who asks wants to know soon.
        var hubs = new HubChoice(environment, Settings with { Retries = Math.Min(Settings.Retries, 2) }, time).Of(entry, options);
        try
        {
            var (hub, listing) = await FirstAsync(hubs, ct);
            return Offer(entry, hub, listing);
        }
        finally
        {
            foreach (var hub in hubs)
                hub.Dispose();
        }
    }

    /// <summary>Downloads what was offered and puts it into the store; what is here already of it is not downloaded again.</summary>
    /// <param name="offer">From <see cref="AskAsync"/>.</param>
    /// <param name="options">The same as there.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Stops it; what is here stays and serves the next attempt.</param>
    /// <exception cref="DownloadException">It cannot be had, is damaged, or there is no space.</exception>
    /// <exception cref="CheckpointException">It is no model that can be used.</exception>
    /// <exception cref="ModelException">The store cannot be written.</exception>
    public async Task<ModelFolder> FetchAsync(ModelOffer offer, PullOptions options, IProgress<PullProgress>? progress = null, CancellationToken ct = default)
    {
        using var connection = new HubChoice(environment, Settings, time).Reconnect(offer, options);
        using var folder = DownloadFolder.Open(store, offer.Id, options.Partial);
        var origin = options.Partial
            ? await PartsAsync(offer, connection, folder, progress, ct)
            : await WholeAsync(offer, connection, folder, progress, ct);
        progress?.Report(new(offer.Id, PullStage.Importing, 0, offer.Size, offer.Size));
        var imported = await Task.Run(() => store.Import(folder.Path, offer.Id, origin, new ImportWatch(offer, progress), ct), ct);
        if (!options.Keep)
            folder.Delete();
        progress?.Report(new(offer.Id, PullStage.Done, 1, offer.Size, offer.Size));
        return imported;
    }

    private async Task<ModelOrigin> WholeAsync(
        ModelOffer offer, HubConnection connection, DownloadFolder folder, IProgress<PullProgress>? progress, CancellationToken ct)
    {
        var here = offer.Files.Sum(file => DownloadOf(file, connection, folder).Here());
        RequireSpace(folder.Path, offer.Size - here + StoredSize(offer));
        using var meter = new TransferMeter(offer.Id, offer.Size, progress, time);
        string? sha256 = null;
        // The small ones first: a configuration that is not there is told before gigabytes come.
        foreach (var file in offer.Files.Reverse())
            sha256 = await OneAsync(file, offer, connection, folder, meter, progress, ct);
        var check = offer.Checkpoint.Sha256 is null ? ModelCheck.None : ModelCheck.Publisher;
        return new(offer.Page, check, sha256);
    }

    private static async Task<string> OneAsync(
        HubFile file, ModelOffer offer, HubConnection connection, DownloadFolder folder, TransferMeter meter, IProgress<PullProgress>? progress, CancellationToken ct)
    {
        var checking = file == offer.Checkpoint ? new CheckWatch(offer, progress) : null; // The others take no time.
        var path = folder.FileOf(file);
        meter.BeginFile();
        // A file without its journal is whole; it was left by an attempt that ended while it imported.
        if (File.Exists(path) && new FileInfo(path).Length == file.Size && await Task.Run(() => folder.Check(file, checking, ct), ct) is { } here)
        {
            meter.Here(file.Size);
            return here;
        }
        var download = DownloadOf(file, connection, folder);
        await download.WholeAsync(meter, ct);
        download.Finish(path);
        return (await Task.Run(() => folder.Check(file, checking, ct), ct))!;
    }

    private async Task<ModelOrigin> PartsAsync(
        ModelOffer offer, HubConnection connection, DownloadFolder folder, IProgress<PullProgress>? progress, CancellationToken ct)
    {
        using var few = new TransferMeter(offer.Id, offer.Size, null, time);
        foreach (var file in offer.Files.Skip(1))
            await OneAsync(file, offer, connection, folder, few, null, ct);
        await new PartialCheckpoint(connection, offer.Checkpoint, folder.Path).DownloadAsync(
            bytes =>
            {
                RequireSpace(folder.Path, bytes * 2);
                return new(offer.Id, bytes, progress, time);
            },
            ct);
        return new(offer.Page, ModelCheck.Parts, null);
    }

    private void RequireSpace(string directory, long needed)
    {
        if (FreeSpace(directory) is var free && free < needed)
            throw DownloadFaults.NoSpace(directory, needed, free);
    }

    private static FileDownload DownloadOf(HubFile file, HubConnection connection, DownloadFolder folder) => new(connection, file, folder.FileOf(file) + ".part");

    /// <summary>What the import takes at most; of a model that is known, a third of the download.</summary>
    private static long StoredSize(ModelOffer offer) => offer.Entry.StoredSize ?? offer.Size;

    private static CatalogueEntry EntryOf(string name, PullOptions options)
    {
        var id = ModelCatalogue.NameOf(name.Trim());
        if (ModelCatalogue.Find(id) is { } entry)
            return entry;
        var named = name.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } own] && owner[0] != '.' && own[0] != '.' && (owner + own).All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        return named || (options.From?.Contains("://", StringComparison.Ordinal) == true && id.Length > 0)
            ? new(id, name, name, ModelCatalogue.LicenseOf(id), true, [])
            : throw DownloadFaults.Unknown(name, ModelCatalogue.Entries.Select(known => known.Id));
    }

    /// <summary>The first answer of several hubs; the others are not waited for.</summary>
    private static async Task<(IModelHub Hub, HubListing Listing)> FirstAsync(IReadOnlyList<IModelHub> hubs, CancellationToken ct)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<(IModelHub, HubListing)>[] asked = [.. hubs.Select(async hub => (hub, await hub.ListAsync(rest.Token)))];
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
        throw failures is [var only] ? only : DownloadFaults.Nobody(failures);
    }

    private static ModelOffer Offer(CatalogueEntry entry, IModelHub hub, HubListing listing)
    {
        HubFile[] files = [.. FunAsrFiles.UsualNames.Select(name => listing.Files.FirstOrDefault(file => file.Name == name)).OfType<HubFile>()];
        if (files is not [{ Name: "model.pt" }, { Name: "config.yaml" }, ..])
            throw DownloadFaults.NotFound(hub.Connection.Host, $"model.pt and config.yaml in {listing.Page}");
        if (files.FirstOrDefault(file => file.Size > (file.Name == "model.pt" ? MaxCheckpoint : BoundedFile.MaxLength)) is { } large)
            throw DownloadFaults.BadAnswer(hub.Connection.Host, $"its {large.Name} is larger than any.");
        return new(entry, hub.Name, listing.Page, [.. files.Select(file => Known(entry, file, hub.Connection.Host))]);
    }

    /// <summary>Where the catalogue knows a file, that is what it must be, whatever the hub says.</summary>
    private static HubFile Known(CatalogueEntry entry, HubFile file, string host)
    {
        if (entry.Files.FirstOrDefault(known => known.Name == file.Name) is not { } known)
            return file;
        return known.Size == file.Size && (file.Sha256 is null || file.Sha256 == known.Sha256)
            ? file with { Sha256 = known.Sha256 }
            : throw DownloadFaults.Unexpected(host, file.Name);
    }

    private sealed class ImportWatch(ModelOffer offer, IProgress<PullProgress>? progress) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => progress?.Report(new(offer.Id, PullStage.Importing, value.Fraction, offer.Size, offer.Size));
    }

    private sealed class CheckWatch(ModelOffer offer, IProgress<PullProgress>? progress) : IProgress<double>
    {
        public void Report(double value) => progress?.Report(new(offer.Id, PullStage.Checking, value, offer.Size, offer.Size));
    }
}
