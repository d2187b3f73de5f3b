using Microsoft.AspNetCore.Http;
using Shouldly;
using SpeechEmotion.Downloads;
using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;
using Answers = Microsoft.AspNetCore.Http.Results;

namespace SpeechEmotion.Tests.Downloads;

public sealed class ModelPullTests : IAsyncLifetime
{
    private static readonly string Golden = Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16");

    private HubServer _hub = null!;
    private Puller _user = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubServer.StartAsync(Golden);
        _user = new(_hub.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
    }

    [Theory, InlineData("huggingface", "/emotion2vec/emotion2vec_plus_base"), InlineData("modelscope", "/models/iic/emotion2vec_plus_base")]
    public async Task Fetch_FromAHub_IsTheModelThatTheFolderGives(string from, string page)
    {
        var pulled = await _user.PullAsync(new() { From = from }, ct: Ct);

        var manifest = pulled.Manifest;
        manifest.Id.ShouldBe(Puller.Name);
        manifest.Check.ShouldBe(ModelCheck.Publisher);
        manifest.Source!.Address.ShouldBe(_hub.Url + page);
        using var other = new TemporaryFolder();
        var imported = new ModelStore(other.Path).Import(Golden, Puller.Name, ct: Ct).Manifest;
        manifest.WeightsHash.ShouldBe(imported.WeightsHash);
        manifest.Files.ShouldBe(imported.Files);
        manifest.Source.Files.Select(file => file.Sha256).ShouldBe(imported.Source!.Files.Select(file => file.Sha256));
        pulled.Verify(Ct).ShouldBeEmpty();
        Directory.EnumerateDirectories(_user.Downloads).ShouldBeEmpty();
        _user.Store.Find(Puller.Name)!.Directory.ShouldBe(pulled.Directory);
    }

    [Fact]
    public async Task Fetch_Progress_RunsThroughTheStagesToOne()
    {
        await _user.PullAsync(ct: Ct);

        _user.Reported.Select(step => step.Stage).Where((stage, i) => i == 0 || stage != _user.Reported[i - 1].Stage).Distinct()
            .ShouldBe([PullStage.Downloading, PullStage.Checking, PullStage.Importing, PullStage.Done], ignoreOrder: true);
        var bytes = _user.Reported.Where(step => step.Stage == PullStage.Downloading).ToArray();
        bytes.Select(step => step.Done).ShouldBeInOrder();
        bytes[^1].Done.ShouldBe(bytes[^1].Total);
        bytes[^1].Total.ShouldBe(
            new FileInfo(Path.Combine(Golden, "model.pt")).Length + new FileInfo(Path.Combine(Golden, "config.yaml")).Length + 119);
        _user.Reported[^1].ShouldBe(new(Puller.Name, PullStage.Done, 1, bytes[^1].Total, bytes[^1].Total));
    }

    [Fact]
    public async Task Fetch_Keep_LeavesTheFolder()
    {
        await _user.PullAsync(new() { From = "huggingface", Keep = true }, ct: Ct);

        var kept = Path.Combine(_user.Downloads, "..", "kept", Puller.Name);
        File.ReadAllBytes(Path.Combine(kept, "model.pt")).ShouldBe(File.ReadAllBytes(Path.Combine(Golden, "model.pt")));
        new StoreSweep(_user.Store, Int8Conversion.GraphVersion).Find().ShouldBeEmpty();
        // The check result is kept when the same weights are imported from a folder.
        File.SetLastWriteTimeUtc(Path.Combine(kept, "model.pt"), DateTime.UtcNow.AddMinutes(-1));
        var again = _user.Store.Import(kept, Puller.Name, ct: Ct).Manifest;
        again.Check.ShouldBe(ModelCheck.Publisher);
        again.Source!.Address.ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_PulledModel_NeedsNoNetwork()
    {
        _user.Pull.Find(Puller.Name).ShouldBeNull();
        var pulled = await _user.PullAsync(ct: Ct);
        var requests = _hub.Requests.Count;

        _user.Pull.Find("iic/" + Puller.Name)!.Directory.ShouldBe(pulled.Directory);

        _hub.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task Fetch_Tokens_AreSentToTheHubOnly()
    {
        _user.Environment["HF_TOKEN"] = "hf_secret";
        _user.Environment["MODELSCOPE_API_TOKEN"] = "ms_secret";

        await _user.PullAsync(ct: Ct);

        var (there, elsewhere) = (
            _hub.Requests.Where(request => !request.Storage).ToArray(), _hub.Requests.Where(request => request.Storage).ToArray());
        there.ShouldAllBe(request => request.Authorization == "Bearer hf_secret" && request.Cookie == "");
        elsewhere.ShouldNotBeEmpty();
        elsewhere.ShouldAllBe(request => request.Authorization == "" && request.Cookie == "");

        await _user.PullAsync(new() { From = "modelscope" }, ct: Ct);

        _hub.Requests.Skip(there.Length + elsewhere.Length)
            .ShouldAllBe(request => request.Cookie == "m_session_id=ms_secret" && request.Authorization == "");
    }

    [Fact]
    public async Task Fetch_Mirror_GetsNoToken()
    {
        _user.Environment["HF_TOKEN"] = "hf_secret";
        _user.Environment["HF_ENDPOINT"] = "http://127.0.0.1:1";

        await _user.PullAsync(new() { Mirror = _hub.Url }, ct: Ct);

        _hub.Requests.ShouldAllBe(request => request.Authorization == "");
    }

    [Fact]
    public async Task Fetch_WebFolder_IsCheckedWhereTheCatalogueKnowsMore()
    {
        var pulled = await _user.PullAsync(new() { From = _hub.Url + "/plain" }, "my_model", Ct);

        pulled.Manifest.Id.ShouldBe("my_model");
        pulled.Manifest.Check.ShouldBe(ModelCheck.None);
        pulled.Manifest.Source!.Address.ShouldBe(_hub.Url + "/plain/");
    }

    [Fact]
    public async Task Ask_AnotherModelThanThePublishers_IsRefusedBeforeTheDownload()
    {
        var error = await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(name: ModelCatalogue.Preferred, ct: Ct));

        error.Code.ShouldBe("download.unexpected_file");
        _hub.Requests.ShouldAllBe(request => request.File == "list");
    }

    [Fact]
    public async Task Ask_Auto_TakesTheFirstHubToAnswer()
    {
        _user.Environment["MODELSCOPE_DOMAIN"] = "http://127.0.0.1:1";

        (await _user.Pull.AskAsync(Puller.Name, new(), Ct)).Hub.ShouldBe("huggingface");

        _user.Environment["MODELSCOPE_DOMAIN"] = _hub.Url;
        _hub.Instead = async (context, _, _) =>
        {
            if (!context.Request.Path.StartsWithSegments("/api/v1"))
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        };

        (await _user.Pull.AskAsync(Puller.Name, new(), Ct)).Hub.ShouldBe("modelscope");
    }

    [Fact]
    public async Task Ask_NoHubAnswers_NamesBoth()
    {
        _user.Environment["MODELSCOPE_DOMAIN"] = "http://127.0.0.1:1";
        _user.Environment["HF_ENDPOINT"] = "http://127.0.0.2:1";

        var error = await Should.ThrowAsync<DownloadException>(() => _user.Pull.AskAsync(Puller.Name, new(), Ct));

        error.Code.ShouldBe("download.unreachable");
        error.Message.ShouldContain("127.0.0.1:1");
        error.MessageZh.ShouldContain("127.0.0.2:1");
    }

    [Theory]
    [InlineData("emotion3vec"), InlineData("a/b/c"), InlineData("../x"), InlineData("a b/c"), InlineData("/x"), InlineData("mallory/")]
    public async Task Ask_UnknownName_ListsTheKnownOnes(string name)
    {
        var error = await Should.ThrowAsync<DownloadException>(() => _user.Pull.AskAsync(name, new(), Ct));

        error.Code.ShouldBe("download.unknown_model");
        error.Message.ShouldContain("emotion2vec_plus_large");
        _hub.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ftp://example.org/x"), InlineData("file:///etc"), InlineData("http://user:password@127.0.0.1/")]
    [InlineData("huggingfaces")]
    public async Task Ask_BadAddress_IsRefused(string from) =>
        (await Should.ThrowAsync<DownloadException>(() => _user.Pull.AskAsync(Puller.Name, new() { From = from }, Ct))).Code
            .ShouldBe("download.bad_address");

    [Fact]
    public async Task Ask_NoCheckpoint_IsNotFound()
    {
        _hub.CheckpointName = "../model.pt";

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct))).Code.ShouldBe("download.not_found");
    }

    [Theory, InlineData("<html>log in</html>"), InlineData("null"), InlineData("""[{"type":"file","path":7}]""")]
    public async Task Ask_NotAHub_ReportsIt(string answer)
    {
        _hub.Instead = (_, _, _) => Task.FromResult<IResult?>(Answers.Text(answer));

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct))).Code.ShouldBe("download.bad_answer");
    }

    [Theory, InlineData(-5), InlineData(long.MinValue), InlineData(0), InlineData(long.MaxValue)]
    public async Task Ask_AbsurdSize_IsRefused(long size)
    {
        _hub.Instead = (_, _, _) => Task.FromResult<IResult?>(Answers.Text(
            $$"""[{"type":"file","path":"model.pt","size":1,"lfs":{"oid":"{{new string('a', 64)}}","size":{{size}} } },"""
            + """{"type":"file","path":"config.yaml","size":5}]"""));

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct))).Code.ShouldBe("download.bad_answer");
    }

    [Fact]
    public async Task Fetch_OfAnotherOwner_HasANameOfItsOwn()
    {
        var genuine = await _user.PullAsync(ct: Ct);

        var other = await _user.PullAsync(name: "mallory/" + Puller.Name, ct: Ct);

        other.Manifest.Id.ShouldBe("mallory_" + Puller.Name);
        _user.Store.Find(Puller.Name)!.Directory.ShouldBe(genuine.Directory);
        _user.Pull.Find("alice/" + Puller.Name).ShouldBeNull();
        _user.Pull.Find("emotion2vec/" + Puller.Name)!.Directory.ShouldBe(genuine.Directory);
    }

    [Fact]
    public async Task Ask_KnownModel_TakesOnlyItsKnownFiles()
    {
        // The import looks for JSON tokens first; a mirror might add such a file to a genuine model.
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["model.pt", "config.yaml", "tokens.txt"])
            File.Copy(Path.Combine(Golden, name), folder.File(name));
        File.WriteAllText(folder.File("tokens.json"), "[]");
        await using var hub = await HubServer.StartAsync(folder.Path);
        ModelFile[] known =
            [.. ((string[])["model.pt", "config.yaml", "tokens.txt"]).Select(name => ModelFile.Measure(folder.Path, name, null, Ct))];
        var entry = new CatalogueEntry("m", "iic/m", "emotion2vec/m", "?", true, known);

        var offer = await SurveyAsync(hub, entry);

        offer.Files.Select(file => (file.Name, file.Sha256)).ShouldBe(known.Select(file => (file.Name, (string?)file.Sha256)));
        File.Delete(folder.File("tokens.txt"));
        (await Should.ThrowAsync<DownloadException>(() => SurveyAsync(hub, entry))).Code.ShouldBe("download.not_found");
    }

    [Fact]
    public async Task Fetch_StrangersInItsFolder_AreDeleted()
    {
        Directory.CreateDirectory(Path.Combine(_user.Downloads, Puller.Name));
        File.WriteAllText(Path.Combine(_user.Downloads, Puller.Name, "tokens.json"), "[]");

        (await _user.PullAsync(ct: Ct)).Manifest.Labels!.Count.ShouldBe(9);
    }

    [Fact]
    public async Task Fetch_WholeAfterParts_ChecksAndPartsAfterWholeKeepTheCheck()
    {
        await _user.PullAsync(ct: Ct);

        (await _user.PullAsync(new() { From = "huggingface", Partial = true }, ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.Publisher);
    }

    [Theory, InlineData("hf secret"), InlineData("hf_\nsecret"), InlineData("hf_sécret")]
    public async Task Ask_TokenThatCannotBeSent_IsNamed(string token)
    {
        _user.Environment["HF_TOKEN"] = token;

        var error = await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct));

        error.Code.ShouldBe("download.bad_token");
        error.Message.ShouldContain("HF_TOKEN");
        error.Message.ShouldNotContain(token);
    }

    [Fact]
    public async Task Ask_EndlessList_IsCutOff()
    {
        _hub.Instead = (_, _, _) => Task.FromResult<IResult?>(Answers.Text(new string(' ', 5 << 20)));

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct))).Code.ShouldBe("download.bad_answer");
    }

    [Fact]
    public async Task Fetch_NoSpace_NamesTheRequiredSpace()
    {
        _user.Free = 600_000;

        var error = await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct));

        error.Code.ShouldBe("download.no_space");
        _hub.Requests.ShouldAllBe(request => request.File == "list");
    }

    [Fact]
    public async Task Fetch_TwiceAtOnce_TheSecondIsRefused()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _hub.Instead = async (_, file, _) =>
        {
            if (file == "model.pt")
            {
                begun.TrySetResult();
                await go.Task;
            }
            return null;
        };
        var first = _user.PullAsync(ct: Ct);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct);

        var error = await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct));
        go.SetResult();

        error.Code.ShouldBe("download.in_progress");
        (await first).Manifest.Id.ShouldBe(Puller.Name);
    }

    [Fact]
    public async Task Fetch_Proxy_IsUsed()
    {
        var error = await Should.ThrowAsync<DownloadException>(
            () => _user.PullAsync(new() { From = "huggingface", Proxy = "http://127.0.0.1:1" }, ct: Ct));
        error.Code.ShouldBe("download.unreachable");

        _user.Environment["HF_ENDPOINT"] = "http://hub.invalid";
        _hub.HasStorage = false;
        // The server routes by path only, so it also answers proxy requests for another host.
        (await _user.PullAsync(new() { From = "huggingface", Proxy = _hub.Url }, ct: Ct)).Manifest.Source!.Address
            .ShouldBe($"http://hub.invalid/emotion2vec/{Puller.Name}");
    }

    private async Task<ModelOffer> SurveyAsync(HubServer hub, CatalogueEntry entry)
    {
        using var connection = new HubConnection(new(hub.Url), null, null, _user.Settings, TimeProvider.System);
        return await new HubSurvey(
            [new HuggingFaceHub(new(hub.Url), entry.HuggingFace, connection)], TimeSpan.FromMinutes(2), TimeProvider.System)
            .AskAsync(entry, Ct);
    }
}
