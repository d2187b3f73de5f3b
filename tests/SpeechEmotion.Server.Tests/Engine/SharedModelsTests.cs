using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Engine;

/// <summary>Programs that give each other their models.</summary>
public sealed class SharedModelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelHome _first = new(), _second = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batch_OfAModelThatTheWorkersMachineLacks_IsProcessedByIt(bool isBucket)
    {
        await using var bucket = isBucket ? await BucketServer.StartAsync() : null;
        var (files, database) = (bucket?.Files ?? _folder.File("files"), await SharedPostgres.CreateAsync());
        var imported = _first.Import("own");
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("Files", files), ("NoBatches", "true"), ("Model", "own")], output: _folder.File("output"),
            configure: services => Use(services, _first, "own"));
        await using var worker = await WorkAsync(database, files);

        using var created = await server.PostBatchAsync([("file", "a.wav", Recordings.Speech)], ("model", "own"));
        var batch = await server.BatchEndAsync(created);

        batch.Number("succeeded").ShouldBe(1);
        var copy = _second.Store.Find("own").ShouldNotBeNull();
        copy.Manifest.Hash.ShouldBe(imported.Manifest.Hash);
        copy.Verify(Ct).ShouldBeEmpty();
    }

    [Fact]
    public async Task Worker_StartedBeforeItsModelWasGiven_LoadsItLater()
    {
        var (files, database) = (_folder.File("files"), await SharedPostgres.CreateAsync());
        await using (await RunningServer.StartAsync([("Database", database), ("Files", files)], output: _folder.File("output")))
        {
        }
        await using var worker = await WorkAsync(database, files, "own");
        var pool = worker.Services.GetRequiredService<RecognizerPool>();
        await Until.True(() => pool.State == ModelState.Failed);
        _first.Import("own");

        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("Files", files), ("Model", "own")], output: _folder.File("output"),
            configure: services => Use(services, _first, "own"));

        await Until.True(() => pool.State == ModelState.Ready);
        pool.Identity!.Id.ShouldBe("own");
    }

    [Fact]
    public async Task Offer_AnotherVersion_KeepsTheOneThatIsThere()
    {
        var (files, database) = (_folder.File("files"), await SharedPostgres.CreateAsync());
        var (kept, other) = (_first.Import("own"), _second.Import("own", "tiny-h6"));
        other.Manifest.Hash.ShouldNotBe(kept.Manifest.Hash);
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("Files", files), ("Model", "own")], output: _folder.File("output"),
            configure: services => Use(services, _first, "own"));
        var manifest = Path.Combine(files, ".ser", "models", "own", ModelManifest.FileName);
        await Until.True(() => File.Exists(manifest));
        var shared = server.Services.GetRequiredService<SharedModels>();

        await shared.OfferAsync(other, Ct);

        File.ReadAllText(manifest).ShouldContain(kept.Manifest.Hash);
        // A damaged one is replaced.
        File.WriteAllText(manifest, "{}");
        await shared.OfferAsync(other, Ct);
        File.ReadAllText(manifest).ShouldContain(other.Manifest.Hash);
    }

    [Fact]
    public async Task Model_WhoseStoredFilesWereChanged_IsRefused()
    {
        var (files, database) = (_folder.File("files"), await SharedPostgres.CreateAsync());
        var imported = _first.Import("own");
        await using var server = await RunningServer.StartAsync(
            [("Database", database), ("Files", files), ("Model", "own")], output: _folder.File("output"),
            configure: services => Use(services, _first, "own"));
        var stored = Path.Combine(files, ".ser", "models", "own");
        await Until.True(() => File.Exists(Path.Combine(stored, ModelManifest.FileName)));
        var graph = Directory.GetFiles(stored, imported.Manifest.Graph, SearchOption.AllDirectories).ShouldHaveSingleItem();
        await File.AppendAllTextAsync(graph, "x", Ct);
        await using var worker = await WorkAsync(database, files);
        var shared = worker.Services.GetRequiredService<SharedModels>();

        (await Should.ThrowAsync<ModelException>(() => shared.ProvideAsync("own", Ct))).Code.ShouldBe("model.damaged");

        _second.Store.List().ShouldBeEmpty();
        shared.Knows("own").ShouldBeFalse();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private Task<RunningWorker> WorkAsync(string database, string files, string model = ModelCatalogue.Compact) =>
        RunningWorker.StartAsync(database, files, [("Model", model)], services => Use(services, _second, model));

    /// <summary>Lets a program have the models of a store of its own.</summary>
    private static void Use(IServiceCollection services, ModelHome home, string own) => services
        .AddSingleton(home.Store).AddSingleton(home.Search)
        .AddSingleton<RecognizerLoader>((model, progress, ct) => home.Load(model ?? own, progress, ct));
}
