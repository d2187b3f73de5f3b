using System.Net;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Models;

/// <summary>Downloads of models from a hub while the server runs.</summary>
public sealed class ModelDownloadTests : IDisposable
{
    private const string Base = "emotion2vec_plus_base";
    private const string Seed = "emotion2vec_plus_seed";

    private readonly ModelHome _home = new();

    [Fact]
    public async Task List_Read_SendsNoHubRequest()
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        await using var server = await _home.ServeAsync(hub);

        var large = await server.ModelAsync("emotion2vec_plus_large");
        var features = await server.ModelAsync("emotion2vec_base");

        large.GetProperty("download_size").GetInt64().ShouldBe(1_945_795_925);
        large.GetProperty("has_emotions").GetBoolean().ShouldBeTrue();
        large.GetProperty("download").ValueKind.ShouldBe(JsonValueKind.Null);
        features.GetProperty("has_emotions").GetBoolean().ShouldBeFalse();
        (await server.ModelAsync("compact")).GetProperty("check").GetString().ShouldBe("shipped");
        (await server.AnsweringModelAsync()).ShouldBe("compact");
        hub.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("modelscope")]
    [InlineData("huggingface")]
    public async Task Offer_ModelInTheCatalogue_ReportsSizeLicenseAndPage(string? from)
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        await using var server = await _home.ServeAsync(hub);

        using var response = await server.OfferAsync(Base, from);

        var offer = await response.JsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, offer.ToString());
        offer.GetProperty("hub").GetString().ShouldBeOneOf(from is null ? ["modelscope", "huggingface"] : [from]);
        offer.GetProperty("page").GetString()!.ShouldStartWith(hub.Url);
        offer.GetProperty("license").GetString()!.ShouldContain("FunASR");
        offer.GetProperty("size").GetInt64().ShouldBeGreaterThan(500_000);
        offer.GetProperty("free_space").GetInt64().ShouldBeGreaterThan(0);
        (await server.ModelAsync(Base)).GetProperty("installed").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Offer_HubDown_IsReportedInBothLanguages()
    {
        var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);
        await hub.DisposeAsync();
        using var chinese = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/models/{Base}/offer");
        chinese.Headers.Add("Accept-Language", "zh-CN");

        using var response = await server.OfferAsync(Base);
        using var other = await server.SendAsync(chinese);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.CodeAsync()).ShouldBe("download.unreachable");
        (await other.JsonAsync()).GetProperty("detail").GetString()!.ShouldContain("没有应答");
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("iic%2Femotion2vec_plus_base")]
    [InlineData("http:%2F%2F127.0.0.1%2Fx")]
    [InlineData("..")]
    public async Task Download_NotInTheCatalogue_IsNotFoundWithoutAHubRequest(string id)
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base).With("compact");
        await using var server = await _home.ServeAsync(hub);

        using var offer = await server.OfferAsync(id);
        using var download = await server.DownloadAsync(id);

        offer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        download.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        hub.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("hf-mirror.com")]
    [InlineData("")]
    public async Task Download_FromAnAddress_IsInvalidWithoutAHubRequest(string from)
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        await using var server = await _home.ServeAsync(hub);

        using var offer = await server.OfferAsync(Base, from);
        using var download = await server.DownloadAsync(Base, from);

        (await offer.CodeAsync()).ShouldBe("request.invalid");
        (await download.CodeAsync()).ShouldBe("request.invalid");
        hub.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Download_Whole_IsVerifiedAndUsableAtOnce()
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        await using var server = await _home.ServeAsync(hub);

        using var accepted = await server.DownloadAsync(Base, "huggingface");
        var download = await server.DownloadedAsync(Base);

        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await accepted.JsonAsync()).GetProperty("download").GetProperty("partial").GetBoolean().ShouldBeFalse();
        download.GetProperty("state").GetString().ShouldBe("done", download.ToString());
        download.GetProperty("fraction").GetDouble().ShouldBe(1);
        download.GetProperty("done").GetInt64().ShouldBe(download.GetProperty("total").GetInt64());
        var model = await server.ModelAsync(Base);
        model.GetProperty("check").GetString().ShouldBe("publisher");
        model.GetProperty("source").GetString().ShouldBe($"{hub.Url}/emotion2vec/{Base}");
        model.GetProperty("weights_hash").GetString()!.ShouldStartWith(model.GetProperty("hash").GetString()!);
        model.GetProperty("active").GetBoolean().ShouldBeFalse();
        (await server.AnsweringModelAsync()).ShouldBe("compact");
        using var again = await server.DownloadAsync(Base);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.CodeAsync()).ShouldBe("model.installed");

        using var activated = await server.ActivateAsync(Base);
        (await server.SwitchedAsync(Base)).GetProperty("active").GetBoolean().ShouldBeTrue();
        (await server.AnsweringModelAsync()).ShouldBe(Base);
    }

    [Fact]
    public async Task Download_Parts_ReportsThatTheWholeIsNotVerified()
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        await using var server = await _home.ServeAsync(hub);

        using var accepted = await server.DownloadAsync(Base, partial: true);

        (await server.DownloadedAsync(Base)).GetProperty("state").GetString().ShouldBe("done");
        (await server.ModelAsync(Base)).GetProperty("check").GetString().ShouldBe("parts");
        using var whole = await server.DownloadAsync(Base);
        whole.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await server.DownloadedAsync(Base)).GetProperty("state").GetString().ShouldBe("done");
        (await server.ModelAsync(Base)).GetProperty("check").GetString().ShouldBe("publisher");
    }

    [Fact]
    public async Task Cancel_DuringADownload_KeepsReceivedDataForTheNext()
    {
        await using var hub = await FakeHub.StartAsync();
        var folder = _home.LargeCheckpoint(megabytes: 32);
        var size = new FileInfo(Path.Combine(folder, "model.pt")).Length;
        hub.Add(Base, folder);
        await using var server = await _home.ServeAsync(hub);
        // Four pieces of 4 MB are downloaded at once: everything before them has been received.
        hub.HoldAfter(28 << 20);
        using var accepted = await server.DownloadAsync(Base);
        await Until.True(() => hub.Sent > 27 << 20);
        var running = (await server.ModelAsync(Base)).GetProperty("download");
        running.GetProperty("state").GetString().ShouldBe("downloading");
        running.GetProperty("total").GetInt64().ShouldBeGreaterThan(size);

        using var second = await server.DownloadAsync(Base);
        using var removed = await server.RemoveModelAsync(Base);
        using var cancelled = await server.CancelDownloadAsync(Base);

        (await second.CodeAsync()).ShouldBe("model.downloading");
        removed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await cancelled.JsonAsync()).GetProperty("download").GetProperty("state").GetString().ShouldBe("cancelled");
        (await server.ModelAsync(Base)).GetProperty("installed").GetBoolean().ShouldBeFalse();
        hub.Go();
        var sent = hub.Sent;
        using var resumed = await server.DownloadAsync(Base);
        (await server.DownloadedAsync(Base)).GetProperty("state").GetString().ShouldBe("done");
        (hub.Sent - sent).ShouldBeLessThanOrEqualTo(size - (8 << 20));
        (await server.ModelAsync(Base)).GetProperty("check").GetString().ShouldBe("publisher");
    }

    [Fact]
    public async Task Cancel_NoDownload_IsNotFound()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);

        using var response = await server.CancelDownloadAsync(Base);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.CodeAsync()).ShouldBe("download.none");
    }

    [Fact]
    public async Task Download_HubHasNoSuchModel_FailsAndReportsWhy()
    {
        await using var hub = await FakeHub.StartAsync();
        await using var server = await _home.ServeAsync(hub);

        using var accepted = await server.DownloadAsync(Base);
        var download = await server.DownloadedAsync(Base);

        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        download.GetProperty("state").GetString().ShouldBe("failed");
        download.GetProperty("error").GetProperty("code").GetString().ShouldBe("download.not_found");
        (await server.AnsweringModelAsync()).ShouldBe("compact");
        hub.With(Base);
        using var again = await server.DownloadAsync(Base);
        (await server.DownloadedAsync(Base)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Download_MoreThanTwo_IsRejected()
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base).With(Seed).With("emotion2vec_base_finetuned");
        await using var server = await _home.ServeAsync(hub);
        hub.HoldAfter(0);

        using var first = await server.DownloadAsync(Base);
        using var second = await server.DownloadAsync(Seed);
        using var third = await server.DownloadAsync("emotion2vec_base_finetuned");

        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await third.CodeAsync()).ShouldBe("download.too_many");
    }

    [Fact]
    public async Task Stop_DuringADownload_CancelsIt()
    {
        await using var hub = (await FakeHub.StartAsync()).With(Base);
        await using var server = await _home.ServeAsync(hub);
        hub.HoldAfter(100_000);
        using var accepted = await server.DownloadAsync(Base);
        await Until.True(() => hub.Sent > 0);

        await server.StopAsync(TestContext.Current.CancellationToken);

        // The folder of the download is no longer locked: another program can resume it.
        hub.Go();
        var pull = hub.Pull(_home.Store);
        var offer = await pull.AskAsync(Base, new(), TestContext.Current.CancellationToken);
        (await pull.FetchAsync(offer, new(), null, TestContext.Current.CancellationToken)).Manifest.Id.ShouldBe(Base);
    }

    public void Dispose() => _home.Dispose();
}
