using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Engine;

/// <summary>A request may name another model that is installed on the server, and nothing else.</summary>
public sealed class NamedModelTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly List<string> _loaded = [];

    [Fact]
    public async Task Post_AnotherModel_IsLoadedOnceAndAnswers()
    {
        await using var server = await StartAsync();

        (await ModelAsync(server, "tiny-flat")).ShouldBe("tiny-flat");
        (await ModelAsync(server, "tiny-flat")).ShouldBe("tiny-flat");
        (await ModelAsync(server, "compact")).ShouldBe("compact");
        (await ModelAsync(server, "")).ShouldBe("compact");

        _loaded.ShouldBe(["compact", "tiny-flat"]);
    }

    [Fact]
    public async Task Post_OneModelAfterAnother_KeepsOne()
    {
        await using var server = await StartAsync();

        (await ModelAsync(server, "tiny-flat")).ShouldBe("tiny-flat");
        using var unknown = await server.PostAsync(Recordings.Speech, "a.wav", ("model", "unknown"));
        (await ModelAsync(server, "tiny-flat")).ShouldBe("tiny-flat");
        (await ModelAsync(server, "tiny-h6")).ShouldBe("tiny-h6");
        (await ModelAsync(server, "tiny-flat")).ShouldBe("tiny-flat");

        _loaded.ShouldBe(["compact", "tiny-flat", "tiny-h6", "tiny-flat"]);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("../../tiny-flat/..")]
    [InlineData("/etc")]
    [InlineData("C:\\models")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("{folder}")]
    public async Task Post_UnknownModelOrAPath_IsNotFound(string model)
    {
        await using var server = await StartAsync();
        await server.ReadyAsync();

        var name = model.Replace("{folder}", Repository.Golden("emotion2vec/models/tiny-h6post"), StringComparison.Ordinal);
        using var response = await server.PostAsync(Recordings.Speech, "a.wav", ("model", name));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.CodeAsync()).ShouldBe("model.not_found");
        _loaded.ShouldBe(["compact"]);
        server.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ManyWithDifferentModels_AllAnswer()
    {
        await using var server = await StartAsync();
        string[] models = ["tiny-flat", "tiny-h6", "compact"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => ModelAsync(server, models[i % 3])));

        answers.ShouldBe(Enumerable.Range(0, 12).Select(i => models[i % 3]));
    }

    [Fact]
    public async Task Models_List_ReportsInstalledAndMissingModels()
    {
        await using var server = await StartAsync();
        await server.ReadyAsync();

        using var response = await server.GetAsync("/api/v1/models");

        var json = await response.JsonAsync();
        json.GetProperty("active").GetString().ShouldBe("compact");
        var models = json.GetProperty("models").EnumerateArray().ToDictionary(model => model.GetProperty("id").GetString()!);
        models["compact"].GetProperty("active").GetBoolean().ShouldBeTrue();
        models["compact"].GetProperty("place").GetString().ShouldBe("shipped");
        models["tiny-flat"].GetProperty("active").GetBoolean().ShouldBeFalse();
        models["tiny-flat"].GetProperty("place").GetString().ShouldBe("store");
        models["emotion2vec_plus_large"].GetProperty("installed").GetBoolean().ShouldBeFalse();
    }

    public void Dispose() => _home.Dispose();

    private static async Task<string?> ModelAsync(RunningServer server, string model)
    {
        using var response = await server.PostAsync(Recordings.Noise(1), "a.wav", ("model", model));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.TextAsync());
        return (await response.JsonAsync()).GetProperty("model").GetProperty("id").GetString();
    }

    private Task<RunningServer> StartAsync()
    {
        var store = new ModelStore(_home.Path);
        foreach (var id in new[] { "tiny-flat", "tiny-h6" })
            store.Import(Repository.Golden($"emotion2vec/models/{id}"), id);
        var search = new ModelSearch(store, _ => null, _home.Path, AppContext.BaseDirectory);
        return RunningServer.StartAsync(configure: services => services
            .AddSingleton(search)
            .AddSingleton<RecognizerLoader>((model, progress, ct) =>
            {
                var folder = search.Resolve(model ?? ModelCatalogue.Compact, null, progress, ct);
                lock (_loaded)
                    _loaded.Add(folder.Manifest.Id);
                return EmotionRecognizer.Load(new() { ModelDirectory = folder.Directory }, progress, ct);
            }));
    }
}
