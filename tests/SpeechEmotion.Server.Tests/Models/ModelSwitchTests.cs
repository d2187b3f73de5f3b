using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Models;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Models;

/// <summary>Switching the active model while requests are processed, and removing models.</summary>
public sealed class ModelSwitchTests : IDisposable
{
    private const string Base = "emotion2vec_plus_base";

    private readonly ModelHome _home = new();

    [Fact]
    public async Task Activate_WhileARecognitionRuns_FinishesItOnTheOldModel()
    {
        _home.Import(Base);
        var slow = new SlowModel();
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub, () => slow);
        var running = await server.SubmitAsync(Recordings.Noise(1));
        await Until.True(() => slow.Begun > 0);

        using var accepted = await server.ActivateAsync(Base);
        (await server.SwitchedAsync(Base)).GetProperty("active").GetBoolean().ShouldBeTrue();

        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await server.AnsweringModelAsync()).ShouldBe(Base);
        slow.IsDisposed.ShouldBeFalse();
        (await server.RecognitionAsync(running)).GetProperty("state").GetString().ShouldBe("running");
        slow.Go();
        (await server.EndAsync(running)).GetProperty("model").GetProperty("id").GetString().ShouldBe(Some.Model.Id);
        await Until.True(() => slow.IsDisposed);
        using var system = await server.GetAsync("/api/v1/system");
        var model = (await system.JsonAsync()).GetProperty("model");
        model.GetProperty("id").GetString().ShouldBe(Base);
        model.GetProperty("state").GetString().ShouldBe("ready");
        (await server.ModelsAsync()).GetProperty("active").GetString().ShouldBe(Base);
    }

    [Fact]
    public async Task Activate_BackAndForth_RequestsWithoutAModelNeverFail()
    {
        _home.Import(Base);
        _home.Import("emotion2vec_plus_seed", "tiny-flat");
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 2).Select(async _ =>
        {
            var ids = new List<string?>();
            while (!enough.IsCancellationRequested)
                ids.Add(await server.AnsweringModelAsync());
            return ids;
        }).ToArray();

        foreach (var id in new[] { Base, "emotion2vec_plus_seed", "compact", Base })
        {
            (await server.ActivateAsync(id)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await server.SwitchedAsync(id)).GetProperty("active").GetBoolean().ShouldBeTrue();
            (await server.AnsweringModelAsync()).ShouldBe(id);
        }

        await enough.CancelAsync();
        (await Task.WhenAll(clients)).SelectMany(ids => ids)
            .ShouldAllBe(id => id == "compact" || id == Base || id == "emotion2vec_plus_seed");
    }

    [Fact]
    public async Task Activate_PolledWithoutPause_IsLoadingUntilActive()
    {
        _home.Import(Base);
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);
        var models = server.Services.GetRequiredService<ModelInventory>();

        foreach (var id in new[] { Base, "compact", Base, "compact", Base, "compact" })
        {
            models.Activate(id);
            ModelResource model;
            do
                model = models.Get(id, "en");
            while (model.Activation?.State == ActivationState.Loading);
            model.Active.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Activate_DefaultModelFailed_MakesTheServerReady()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub, () => throw new InvalidOperationException("inner state"));
        using (var before = await server.PostAsync(Recordings.Noise(1), "a.wav"))
            before.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        using var accepted = await server.ActivateAsync("compact");
        await server.SwitchedAsync("compact");

        (await server.AnsweringModelAsync()).ShouldBe("compact");
        using var ready = await server.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Activate_BrokenModel_KeepsTheOldOneAndReportsWhy()
    {
        var folder = _home.Import(Base);
        await File.WriteAllTextAsync(folder.PathOf("model.onnx"), "no graph", TestContext.Current.CancellationToken);
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);

        using var accepted = await server.ActivateAsync(Base);
        var model = await server.SwitchedAsync(Base);

        model.GetProperty("active").GetBoolean().ShouldBeFalse();
        model.GetProperty("activation").GetProperty("state").GetString().ShouldBe("failed");
        model.GetProperty("activation").GetProperty("error").GetProperty("code").GetString().ShouldStartWith("model.");
        (await server.AnsweringModelAsync()).ShouldBe("compact");
        (await ServerLogText.ReadAsync(server)).ShouldContain($"The model {Base} cannot be used");
        using var removed = await server.RemoveModelAsync(Base);
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.ModelAsync(Base)).GetProperty("activation").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Activate_FeaturesOnlyOrUnknown_IsRejectedAtOnce()
    {
        _home.Import("emotion2vec_base", "tiny-base");
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);

        using var features = await server.ActivateAsync("emotion2vec_base");
        using var missing = await server.ActivateAsync(Base);
        using var unknown = await server.ActivateAsync("unknown");

        features.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await features.CodeAsync()).ShouldBe("model.features_only");
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.AnsweringModelAsync()).ShouldBe("compact");
    }

    [Fact]
    public async Task Remove_ModelNamedByARequest_RemovesItFromDiskAndMemory()
    {
        var folder = _home.Import(Base);
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);
        using (var named = await server.PostAsync(Recordings.Noise(1), "a.wav", ("model", Base)))
            named.StatusCode.ShouldBe(HttpStatusCode.Created);

        using var removed = await server.RemoveModelAsync(Base);

        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Directory.Exists(folder.Directory).ShouldBeFalse();
        (await server.ModelAsync(Base)).GetProperty("installed").GetBoolean().ShouldBeFalse();
        using var missing = await server.PostAsync(Recordings.Noise(1), "a.wav", ("model", Base));
        (await missing.CodeAsync()).ShouldBe("model.not_found");
        using var twice = await server.RemoveModelAsync(Base);
        twice.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Remove_ActiveOrShipped_IsRejected()
    {
        var folder = _home.Import(Base);
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);
        using var accepted = await server.ActivateAsync(Base);
        await server.SwitchedAsync(Base);

        using var active = await server.RemoveModelAsync(Base);
        using var shipped = await server.RemoveModelAsync("compact");

        active.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await active.CodeAsync()).ShouldBe("model.in_use");
        (await shipped.CodeAsync()).ShouldBe("model.shipped");
        Directory.Exists(folder.Directory).ShouldBeTrue();
        (await server.AnsweringModelAsync()).ShouldBe(Base);
    }

    public void Dispose() => _home.Dispose();
}
