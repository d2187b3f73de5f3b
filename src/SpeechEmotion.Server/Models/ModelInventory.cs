using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Models;

/// <summary>
/// The models on this machine and those in the catalog, with their downloads and activation. It makes no network requests.
/// </summary>
public sealed class ModelInventory(
    ModelSearch search, ModelStore store, RecognizerPool recognizers, ModelSwitch activation, ModelDownloads downloads,
    ILogger<ModelInventory> logger)
{
    /// <summary>Lists all models, the installed ones first.</summary>
    /// <param name="language">The language of the texts for people.</param>
    public ModelList List(string language)
    {
        // Read activity before inventory, so that a download or switch that finishes in between still shows as running.
        var (withActivity, active) = (Activity(language), recognizers.Identity);
        var found = search.List();
        var installed = found.Select(model => ModelResource.Of(model, active) with
        {
            Int8Form = Int8Of(model, language),
            Reference = ReferenceOf(model, language),
        });
        var missing = ModelCatalogue.Entries.Where(entry => found.All(model => model.Id != entry.Id)).Select(ModelResource.Of);
        return new(active?.Id, [.. installed.Concat(missing).Select(withActivity)]);
    }

    /// <summary>Returns one model.</summary>
    /// <exception cref="RequestException"><c>model.not_found</c>.</exception>
    public ModelResource Get(string id, string language)
    {
        var all = List(language).Models.Where(model => model.Id == id).ToArray();
        return all.FirstOrDefault(model => model.Active) ?? all.FirstOrDefault() ?? throw RequestErrors.NoModel(id);
    }

    /// <summary>Makes a model the default model as soon as it is loaded.</summary>
    /// <exception cref="RequestException"><c>model.not_found</c>, <c>model.features_only</c> or <c>model.switching</c>.</exception>
    public void Activate(string id)
    {
        var model = Get(id, "en");
        if (!model.Installed)
            throw RequestErrors.NoModel(id);
        if (!model.HasEmotions)
            throw ModelErrors.FeaturesOnly(id);
        if (!model.Active)
            activation.Begin(id);
    }

    /// <summary>Removes a model from the store.</summary>
    /// <exception cref="RequestException">
    /// <c>model.not_found</c>, <c>model.shipped</c>, <c>model.not_in_store</c>, <c>model.in_use</c>, <c>model.switching</c> or
    /// <c>model.downloading</c>.
    /// </exception>
    /// <exception cref="SpeechEmotion.Errors.ModelException">The store cannot be written.</exception>
    public async Task RemoveAsync(string id, CancellationToken ct)
    {
        var here = search.List().Where(model => model.Id == id).ToArray();
        if (here.All(model => model.Place != ModelPlace.Store))
            throw here is [var elsewhere, ..] ? Elsewhere(elsewhere) : RequestErrors.NoModel(id);
        if (activation.Current is { IsRunning: true } next && next.Model == id)
            throw ModelErrors.Switching(id);
        if (downloads.Find(id)?.Current.IsRunning == true)
            throw ModelErrors.Downloading(id);
        await recognizers.WithoutAsync(id, () => store.Remove(id), ct);
        downloads.Forget(id);
        activation.Forget(id);
        Log.ModelRemoved(logger, id);
    }

    private static RequestException Elsewhere(FoundModel model) =>
        model.Place == ModelPlace.Shipped ? ModelErrors.Shipped(model.Id) : ModelErrors.Elsewhere(model.Id, model.Directory);

    private Int8Resource? Int8Of(FoundModel model, string language) =>
        model.Manifest is { } manifest
        && new Int8Conversion(store).Find(new(model.Directory, manifest))?.Manifest.Certificate is { } certificate
            ? Int8Resource.Of(certificate, language)
            : null;

    private static ReferenceResource? ReferenceOf(FoundModel model, string language) =>
        model.Manifest is { Reference: { } certificate } manifest ? ReferenceResource.Of(manifest, certificate, language) : null;

    private Func<ModelResource, ModelResource> Activity(string language)
    {
        var next = activation.Current;
        var running = ModelCatalogue.Entries.Select(entry => downloads.Find(entry.Id)).OfType<ModelDownload>()
            .ToDictionary(download => download.Model, download => DownloadResource.Of(download, language));
        return model => model with
        {
            Download = running.GetValueOrDefault(model.Id),
            Activation = next is not null && next.Model == model.Id ? ActivationResource.Of(next, language) : null,
        };
    }
}
