using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        using var worker = await WorkAsync(database, files);

        using var created = await server.PostBatchAsync([("file", "a.wav", Recordings.Speech)], ("model", "own"));
        var batch = await server.BatchEndAsync(created);

        batch.Number("succeeded").ShouldBe(1);
        var copy = _second.Store.Find("own").ShouldNotBeNull();
        copy.Manifest.Hash.ShouldBe(imported.Manifest.Hash);
        copy.Verify(Ct).ShouldBeEmpty();
        await worker.StopAsync(Ct);
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
        using var worker = await WorkAsync(database, files);
        var shared = worker.Services.GetRequiredService<SharedModels>();

        (await Should.ThrowAsync<ModelException>(() => shared.ProvideAsync("own", Ct))).Code.ShouldBe("model.damaged");

        _second.Store.List().ShouldBeEmpty();
        await worker.StopAsync(Ct);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private async Task<IHost> WorkAsync(string database, string files)
    {
        var host = SpeechEmotionWorker.Build(
            new Dictionary<string, string?> { ["Server:Database"] = database, ["Server:Files"] = files, ["Server:Model"] = "compact" },
            Directory.CreateDirectory(_folder.File("scratch")).FullName, services => Use(services, _second, ModelCatalogue.Compact));
        await host.StartAsync(Ct);
        return host;
    }

    /// <summary>Lets a program have the models of a store of its own.</summary>
    private static void Use(IServiceCollection services, ModelHome home, string own) => services
        .AddSingleton(home.Store).AddSingleton(home.Search)
        .AddSingleton<RecognizerLoader>((model, progress, ct) => home.Load(model ?? own, progress, ct));
}
