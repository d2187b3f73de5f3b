using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// The models that programs with a shared database give each other in <c>--files</c>: a program that lacks one copies it into the store of
/// its machine, once. <c>.ser/models/NAME/model.json</c> describes the current version, whose files are in a folder named by their hash.
/// </summary>
public sealed partial class SharedModels(
    IFileStore files, ServerFolder folder, ModelStore store, ModelSearch models, IOptions<ServerOptions> options,
    ILogger<SharedModels> logger)
{
    private HashSet<string> _names = [];

    /// <summary>Whether there is a place for them.</summary>
    public bool IsOn => options.Value.Files is not null;

    private string Root => Path.Combine(folder.Shared, "models");

    /// <summary>Whether a program has given a model of that name, as of the last <see cref="RefreshAsync"/>.</summary>
    public bool Knows(string name) => _names.Contains(name);

    /// <summary>Looks which models there are.</summary>
    public async Task RefreshAsync(CancellationToken ct) =>
        _names = (await files.ListAsync(Root, ct)).Where(found => found.IsFolder).Select(found => found.Name).ToHashSet();

    /// <summary>Copies a model to this machine, if the machine lacks it and another program has given it.</summary>
    /// <param name="name">The name of the model; null for the one of the settings.</param>
    /// <param name="ct">Cancels the copy; nothing is left.</param>
    /// <exception cref="SpeechEmotionException">The store does not answer, the disk is full, or a file is damaged.</exception>
    public async Task ProvideAsync(string? name, CancellationToken ct)
    {
        name ??= options.Value.ModelDir is null && options.Value.Model is { } own ? ModelCatalogue.NameOf(own) : null;
        if (!IsOn || name is null || !ModelName().IsMatch(name) || models.List().Any(found => found.Id == name))
            return;
        await RefreshAsync(ct);
        if (!Knows(name))
            return;
        var copy = await store.AdoptAsync(name, target => FetchAsync(name, target, ct), ct);
        Log.ModelCopied(logger, name, copy.Manifest.Hash);
    }

    /// <summary>Gives a model of this machine's store to the other programs, unless they have this version.</summary>
    /// <exception cref="SpeechEmotionException">The store does not answer, or a file cannot be read.</exception>
    public async Task OfferAsync(ModelFolder model, CancellationToken ct)
    {
        var (name, manifest) = (model.Manifest.Id, Path.Combine(Root, model.Manifest.Id, ModelManifest.FileName));
        if (!ModelName().IsMatch(name) || await IsCurrentAsync(model, manifest, ct))
            return;
        foreach (var file in model.Manifest.Files)
            await files.SendAsync(model.PathOf(file.Name), PathOf(name, model.Manifest, file), ct);
        // Last: it names the others.
        await files.SendAsync(model.PathOf(ModelManifest.FileName), manifest, ct);
        Log.ModelOffered(logger, name, model.Manifest.Hash);
    }

    private async Task FetchAsync(string name, string target, CancellationToken ct)
    {
        await RequireAsync(Path.Combine(Root, name, ModelManifest.FileName), ModelManifest.FileName);
        var manifest = ModelFolder.Read(target).Manifest;
        foreach (var file in manifest.Files)
            await RequireAsync(PathOf(name, manifest, file), file.Name);

        async Task RequireAsync(string path, string file)
        {
            if (!await files.FetchAsync(path, Path.Combine(target, file), ct))
                throw RequestErrors.NoModel(name);
        }
    }

    private async Task<bool> IsCurrentAsync(ModelFolder model, string manifest, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("ser-model-").FullName;
        try
        {
            return await files.FetchAsync(manifest, Path.Combine(folder, ModelManifest.FileName), ct)
                && ModelFolder.TryRead(folder) is { } stored
                && ModelStore.VersionOf(stored.Manifest) == ModelStore.VersionOf(model.Manifest);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string PathOf(string name, ModelManifest manifest, ModelFile file) =>
        Path.Combine(Root, name, ModelStore.VersionOf(manifest), Path.GetFileName(file.Name));

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex ModelName();
}
