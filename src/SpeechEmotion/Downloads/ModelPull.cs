using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
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
    /// <summary>Who asks wants to know soon.</summary>
    private const int AskRetries = 2;

    private static readonly TimeSpan AskLimit = TimeSpan.FromMinutes(1);

    /// <summary>Of this user.</summary>
    public static ModelPull Default => new(ModelStore.Default, Environment.GetEnvironmentVariable, TimeProvider.System);

    internal TransferSettings Settings { get; init; } = TransferSettings.Default;

    internal Func<long> FreeSpace { get; init; } = () => store.FreeSpace;

    /// <summary>The model, where it is in the store already and was checked as well as it would be now.</summary>
    /// <param name="name">A name of the catalogue, or owner and name.</param>
    /// <param name="partial">Whether parts would do.</param>
    public ModelFolder? Find(string name, bool partial = false) =>
        store.Find(ModelCatalogue.NameOf(name)) is { } stored && stored.Manifest.Check >= (partial ? ModelCheck.Parts : ModelCheck.Publisher) ? stored : null;

    /// <summary>Asks what there is.</summary>
    /// <param name="name">A name of the catalogue, or owner and name of any other model.</param>
    /// <param name="options">Whom to ask.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="DownloadException">Nobody answers, nobody has it, or it is another one than the publisher's.</exception>
    public Task<ModelOffer> AskAsync(string name, PullOptions options, CancellationToken ct = default) =>
        SurveyAsync(HubSurvey.EntryOf(name, options.From?.Contains("://", StringComparison.Ordinal) == true), options, ct);

    /// <summary>Asks for a model that need not be in the catalogue.</summary>
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
            // Nobody said what it should be, so it may be the download's fault: the next attempt begins anew.
            folder.Delete();
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DownloadErrors.NotWritten(folder.Path, e);
        }
    }

    private static ModelFolder Compare(ModelFolder imported, ModelOffer offer, string directory, CancellationToken ct) =>
        new ReferenceComparison(offer.Entry.Reference!).TryRun(imported, Path.Combine(directory, Path.GetFileName(offer.Example!.Name)), ct);

    private sealed class ImportWatch(ModelOffer offer, IProgress<PullProgress>? progress) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => progress?.Report(new(offer.Id, PullStage.Importing, value.Fraction, offer.Size, offer.Size));
    }
}
