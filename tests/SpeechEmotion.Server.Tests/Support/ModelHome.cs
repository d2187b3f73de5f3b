using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A model store for one test; its server downloads models from the test's own hub.</summary>
internal sealed class ModelHome : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelHome()
    {
        Store = new(_folder.File("store"));
        Search = new(Store, _ => null, _folder.Path, AppContext.BaseDirectory);
    }

    public ModelStore Store { get; }

    /// <summary>Finds the models of this store, and the compact one.</summary>
    public ModelSearch Search { get; }

    /// <summary>Imports a golden model under a name.</summary>
    public ModelFolder Import(string id, string golden = "tiny-f16") => Store.Import(Repository.Golden($"emotion2vec/models/{golden}"), id);

    /// <summary>Creates a model folder whose checkpoint is large enough to be downloaded in several pieces.</summary>
    public string LargeCheckpoint(int megabytes)
    {
        var folder = Directory.CreateDirectory(_folder.File("large")).FullName;
        foreach (var file in Directory.GetFiles(Repository.Golden("emotion2vec/models/tiny-f16")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        using var zip = ZipFile.Open(Path.Combine(folder, "model.pt"), ZipArchiveMode.Update);
        using var padding = zip.CreateEntry($"{zip.Entries[0].FullName.Split('/')[0]}/padding", CompressionLevel.NoCompression).Open();
        padding.Write(new byte[megabytes << 20]);
        return folder;
    }

    /// <summary>Configures a server to use this store.</summary>
    /// <param name="services">The services of the server.</param>
    /// <param name="hub">The hub from which it downloads models.</param>
    /// <param name="own">Creates its default model; null for the compact one.</param>
    public void Configure(IServiceCollection services, FakeHub hub, Func<IEmotionModel>? own = null) => services
        .AddSingleton(Store).AddSingleton(Search).AddSingleton(hub.Pull(Store))
        .AddSingleton<RecognizerLoader>((model, progress, ct) => model is null
            ? new(own is null ? new SharedModel() : own())
            : Load(model, progress, ct));

    /// <summary>Loads a model of this store.</summary>
    public EmotionRecognizer Load(string model, IProgress<ImportProgress>? progress, CancellationToken ct) =>
        EmotionRecognizer.Load(new() { ModelDirectory = Search.Resolve(model, null, progress, ct).Directory }, progress, ct);

    /// <summary>Starts a server with this store and waits until its model is ready or has failed.</summary>
    public async Task<RunningServer> ServeAsync(
        FakeHub hub, Func<IEmotionModel>? own = null, params (string Key, string Value)[] settings) =>
        await (await RunningServer.StartAsync(settings, configure: services => Configure(services, hub, own))).ReadyAsync();

    public void Dispose() => _folder.Dispose();
}
