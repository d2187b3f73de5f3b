using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Downloads;

/// <summary>
/// Gets models: asks a hub, downloads the files, checks and imports them. It is the only part of the library that uses the
/// network, and it does so only when it is called.
/// </summary>
/// <param name="store">The store for the models and for unfinished downloads.</param>
/// <param name="environment">
/// Reads an environment variable: <c>HF_ENDPOINT</c>, <c>HF_TOKEN</c>, <c>MODELSCOPE_DOMAIN</c>, <c>MODELSCOPE_API_TOKEN</c>.
/// </param>
/// <param name="time">The clock for transfer rates and pauses.</param>
public sealed class ModelPull(ModelStore store, Func<string, string?> environment, TimeProvider time)
{
    /// <summary>Fewer retries than a download has, because the caller waits for the offer.</summary>
    private const int AskRetries = 2;

    private static readonly TimeSpan AskLimit = TimeSpan.FromMinutes(1);

    /// <summary>The instance for the current user's store and environment.</summary>
    public static ModelPull Default => new(ModelStore.Default, Environment.GetEnvironmentVariable, TimeProvider.System);

    internal TransferSettings Settings { get; init; } = TransferSettings.Default;

    internal Func<long> FreeSpace { get; init; } = () => store.FreeSpace;

    /// <summary>Returns the model if the store has it and it passed the check that a download would make; otherwise null.</summary>
    /// <param name="name">A name in the catalog, or owner and name.</param>
    /// <param name="partial">Whether the check of a partial download is sufficient.</param>
    public ModelFolder? Find(string name, bool partial = false) =>
        store.Find(ModelCatalogue.NameOf(name)) is { } stored
        && stored.Manifest.Check >= (partial ? ModelCheck.Parts : ModelCheck.Publisher)
            ? stored
            : null;

    /// <summary>Asks the hubs for a model.</summary>
    /// <param name="name">A name in the catalog, or owner and name of any other model.</param>
    /// <param name="options">The hubs to ask.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <exception cref="DownloadException">
    /// No hub answers, no hub has the model, or its files are not those that the publisher released.
    /// </exception>
    public Task<ModelOffer> AskAsync(string name, PullOptions options, CancellationToken ct = default) =>
        SurveyAsync(HubSurvey.EntryOf(name, options.From?.Contains("://", StringComparison.Ordinal) == true), options, ct);

    /// <summary>Asks the hubs for a model that may be absent from the catalog.</summary>
    internal async Task<ModelOffer> SurveyAsync(CatalogueEntry entry, PullOptions options, CancellationToken ct)
    {
        var hubs = new HubChoice(environment, Settings with { Retries = Math.Min(Settings.Retries, AskRetries) }, time).Of(entry, options);
        try
        {
            return await new HubSurvey(hubs, AskLimit, time).AskAsync(entry, ct);
        }
        finally
        {
            foreach (var hub in hubs)
                hub.Dispose();
        }
    }

    /// <summary>Downloads an offered model and imports it into the store; data that is already downloaded is reused.</summary>
    /// <param name="offer">The offer from <see cref="AskAsync"/>.</param>
    /// <param name="options">The options passed to <see cref="AskAsync"/>.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="ct">Stops the download; the downloaded data stays for the next attempt.</param>
    /// <exception cref="DownloadException">The model cannot be downloaded, is damaged, or the disk has too little space.</exception>
    /// <exception cref="CheckpointException">The files are not a usable model.</exception>
    /// <exception cref="ModelException">The store cannot be written.</exception>
    public async Task<ModelFolder> FetchAsync(
        ModelOffer offer, PullOptions options, IProgress<PullProgress>? progress = null, CancellationToken ct = default)
    {
        using var connection = new HubChoice(environment, Settings, time).Reconnect(offer, options);
        using var folder = DownloadFolder.Open(store, offer, options.Partial);
        var download = new OfferDownload(offer, connection, folder, FreeSpace, progress, time);
        try
        {
            var origin = options.Partial ? await download.PartsAsync(ct) : await download.WholeAsync(ct);
            var hasExample = await download.ExampleAsync(ct);
            progress?.Report(new(offer.Id, PullStage.Importing, 0, offer.Size, offer.Size));
            var directory = options.Keep ? folder.Keep() : folder.Path;
            var imported = await Task.Run(() => store.Import(directory, offer.Id, origin, new ImportWatch(offer, progress), ct), ct);
            if (hasExample)
                imported = await Task.Run(() => Compare(imported, offer, directory, ct), ct);
            folder.Delete();
            progress?.Report(new(offer.Id, PullStage.Done, 1, offer.Size, offer.Size));
            return imported;
        }
        catch (CheckpointException) when (!options.Keep && (options.Partial || offer.Checkpoint.Sha256 is null))
        {
            // No published hash was checked, so the download itself may be damaged: the next attempt starts from the beginning.
            folder.Delete();
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DownloadErrors.NotWritten(folder.Path, e);
        }
    }

    private static ModelFolder Compare(ModelFolder imported, ModelOffer offer, string directory, CancellationToken ct) =>
        new ReferenceComparison(offer.Entry.Reference!)
            .TryRun(imported, Path.Combine(directory, Path.GetFileName(offer.Example!.Name)), ct);

    private sealed class ImportWatch(ModelOffer offer, IProgress<PullProgress>? progress) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) =>
            progress?.Report(new(offer.Id, PullStage.Importing, value.Fraction, offer.Size, offer.Size));
    }
}
