using System.Collections.Concurrent;
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
    IFileStore files, ServerFolder folder, ModelStore store, ModelSearch models, IOptions<ServerOptions> options, TimeProvider time,
    ILogger<SharedModels> logger) : IDisposable
{
    /// <summary>How long a model is left alone that could not be copied.</summary>
    private static readonly TimeSpan FailureTime = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _copying = new(1);
    private readonly ConcurrentDictionary<string, long> _failures = [];
    private HashSet<string> _names = [];

    /// <summary>Whether there is a place for them.</summary>
    public bool IsOn => options.Value.Files is not null;

    private string Root => Path.Combine(folder.Shared, "models");

    /// <summary>Whether a program has given a model of that name, and no copy of it has just failed.</summary>
    public bool Knows(string name) =>
        _names.Contains(name) && (!_failures.TryGetValue(name, out var failed) || time.GetElapsedTime(failed) > FailureTime);

    /// <summary>Reads the names of the models that are there.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        HashSet<string> names = [];
        foreach (var found in (await files.ListAsync(Root, ct)).Where(found => found.IsFolder))
        {
            // The manifest is stored last.
            if ((await files.ListAsync(Path.Combine(Root, found.Name), ct)).Any(file => file.Name == ModelManifest.FileName))
                names.Add(found.Name);
        }
        _names = names;
    }

    /// <summary>Copies a model to this machine, if the machine lacks it and another program has given it.</summary>
    /// <param name="name">The name of the model; null for the one of the settings.</param>
    /// <param name="ct">Cancels the copy; nothing is left.</param>
    /// <exception cref="SpeechEmotionException">The store does not answer, the disk is full, or a file is damaged.</exception>
    public async Task ProvideAsync(string? name, CancellationToken ct)
    {
        name ??= options.Value.ModelDir is null && options.Value.Model is { } own ? ModelCatalogue.NameOf(own) : null;
        if (!IsOn || name is null || !ModelName().IsMatch(name) || IsHere(name))
            return;
        await _copying.WaitAsync(ct);
        try
        {
            await RefreshAsync(ct);
            if (Knows(name) && !IsHere(name))
                await CopyAsync(name, ct);
        }
        finally
        {
            _copying.Release();
        }
    }

    /// <summary>
    /// Gives a model of this machine's store to the other programs, unless they have one of that name. Another version does not replace it:
    /// programs with different versions would replace each other's for ever.
    /// </summary>
    /// <exception cref="SpeechEmotionException">The store does not answer, or a file cannot be read.</exception>
    public async Task OfferAsync(ModelFolder model, CancellationToken ct)
    {
        var name = model.Manifest.Id;
        if (!ModelName().IsMatch(name))
            return;
        if (await FindAsync(name, ct) is { } stored)
        {
            if (stored.Hash != model.Manifest.Hash)
                Log.OtherModelShared(logger, name, stored.Hash, model.Manifest.Hash);
            return;
        }
        foreach (var file in model.Manifest.Files)
            await files.SendAsync(model.PathOf(file.Name), PathOf(model.Manifest, file), ct);
        // Last: it names the others.
        await files.SendAsync(model.PathOf(ModelManifest.FileName), Path.Combine(Root, name, ModelManifest.FileName), ct);
        Log.ModelOffered(logger, name, model.Manifest.Hash);
    }

    /// <inheritdoc/>
    public void Dispose() => _copying.Dispose();

    private bool IsHere(string name) => models.List().Any(found => found.Id == name);

    private async Task CopyAsync(string name, CancellationToken ct)
    {
        try
        {
            var copy = await store.AdoptAsync(name, target => FetchAsync(name, target, ct), ct);
            _failures.TryRemove(name, out _);
            Log.ModelCopied(logger, name, copy.Manifest.Hash);
        }
        catch (SpeechEmotionException)
        {
            _failures[name] = time.GetTimestamp();
            throw;
        }
    }

    private async Task FetchAsync(string name, string target, CancellationToken ct)
    {
        await RequireAsync(Path.Combine(Root, name, ModelManifest.FileName), ModelManifest.FileName);
        var manifest = ModelFolder.Read(target).Manifest;
        store.RequireRoom(name, manifest);
        foreach (var file in manifest.Files)
            await RequireAsync(PathOf(manifest, file), file.Name);

        async Task RequireAsync(string path, string file)
        {
            if (!await files.FetchAsync(path, Path.Combine(target, file), ct))
                throw RequestErrors.NoModel(name);
        }
    }

    /// <summary>Returns the manifest of a model that is stored with all its files; null if there is none.</summary>
    private async Task<ModelManifest?> FindAsync(string name, CancellationToken ct)
    {
        var copy = Directory.CreateTempSubdirectory("ser-model-").FullName;
        try
        {
            var path = Path.Combine(Root, name, ModelManifest.FileName);
            if (!await files.FetchAsync(path, Path.Combine(copy, ModelManifest.FileName), ct))
                return null;
            var manifest = ModelFolder.Read(copy).Manifest;
            var stored = await files.ListAsync(Path.Combine(Root, name, ModelStore.VersionOf(manifest)), ct);
            return manifest.Id == name && manifest.Files.All(IsStored) ? manifest : null;

            bool IsStored(ModelFile file) => stored.Any(found => found.Name == file.Name && found.Size == file.Size);
        }
        catch (ModelException)
        {
            // It is damaged: a whole one replaces it.
            return null;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private string PathOf(ModelManifest manifest, ModelFile file) =>
        Path.Combine(Root, manifest.Id, ModelStore.VersionOf(manifest), Path.GetFileName(file.Name));

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex ModelName();
}
