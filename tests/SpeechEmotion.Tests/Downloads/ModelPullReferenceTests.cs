using Shouldly;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;
using Xunit;
using Answers = Microsoft.AspNetCore.Http.Results;

namespace SpeechEmotion.Tests.Downloads;

/// <summary>A hub that also has a model's example and FunASR's scores for it.</summary>
public sealed class ModelPullReferenceTests : IAsyncLifetime
{
    private const string Example = "example/test.wav";

    private static readonly GoldenCase Golden = GoldenCase.Emotion2vec.First(golden => golden is { Model: "tiny-f16", Audio: "speech" });

    private static readonly CatalogueEntry Entry = new("m", "iic/m", "emotion2vec/m", "?", true, [])
    {
        Reference = new(Example, [.. Golden.Scores.Select(score => (double)score)]),
    };

    private readonly TemporaryFolder _files = new();
    private HubServer _hub = null!;
    private Puller _user = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Golden.ModelDirectory))
            File.Copy(file, _files.File(Path.GetFileName(file)));
        Directory.CreateDirectory(_files.File("example"));
        File.Copy(Golden.AudioPath, _files.File(Example));
        _hub = await HubServer.StartAsync(_files.Path);
        _user = new(_hub.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _hub.DisposeAsync();
        _files.Dispose();
    }

    [Theory, InlineData("huggingface", false), InlineData("huggingface", true), InlineData("modelscope", false), InlineData("plain", false)]
    public async Task Fetch_HubWithTheExample_ComparesWithFunAsr(string from, bool partial)
    {
        var pulled = await _user.PullEntryAsync(
            Entry, new() { From = from == "plain" ? _hub.Url + "/plain" : from, Partial = partial }, Ct);

        pulled.Manifest.Reference!.Agrees.ShouldBeTrue();
        _user.Store.Find("m")!.Manifest.Reference.ShouldBe(pulled.Manifest.Reference);
        File.ReadAllBytes(pulled.PathOf("example.wav")).ShouldBe(File.ReadAllBytes(Golden.AudioPath));
        pulled.Verify(Ct).ShouldBeEmpty();
        Directory.EnumerateDirectories(_user.Downloads).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_Keep_KeepsTheExampleToo()
    {
        (await _user.PullEntryAsync(Entry, new() { From = "huggingface", Keep = true }, Ct)).Manifest.Reference!.Agrees.ShouldBeTrue();
    }

    [Fact]
    public async Task Fetch_AnswerDiffers_StopsNothing()
    {
        var other = Entry with { Reference = new(Example, [.. Entry.Reference!.Scores.Reverse()]) };

        var pulled = await _user.PullEntryAsync(other, ct: Ct);

        pulled.Manifest.Reference!.Agrees.ShouldBeFalse();
        pulled.Manifest.Identity.MatchesReference.ShouldBe(false);
        _user.Store.Find("m").ShouldNotBeNull();
    }

    [Fact]
    public async Task Fetch_HubWithoutTheExample_IsNoError()
    {
        File.Delete(_files.File(Example));

        (await _user.PullEntryAsync(Entry, ct: Ct)).Manifest.Reference.ShouldBeNull();
        (await _user.PullEntryAsync(Entry, new() { From = _hub.Url + "/plain" }, Ct)).Manifest.Reference.ShouldBeNull();
    }

    [Fact]
    public async Task Fetch_NoReferencePublished_RequestsNoExample()
    {
        (await _user.PullEntryAsync(Entry with { Reference = null }, ct: Ct)).Manifest.Reference.ShouldBeNull();

        _hub.Requests.ShouldNotContain(request => request.File == Example);
    }

    [Theory, InlineData(404), InlineData(403), InlineData(500)]
    public async Task Fetch_ExampleRefused_StopsNothing(int status)
    {
        _hub.Instead = (_, file, _) => Task.FromResult(file == Example ? Answers.StatusCode(status) : null);

        (await _user.PullEntryAsync(Entry, ct: Ct)).Manifest.Reference.ShouldBeNull();
        (await _user.PullEntryAsync(Entry, new() { From = _hub.Url + "/plain" }, Ct)).Manifest.Reference.ShouldBeNull();
    }

    [Fact]
    public async Task Fetch_ExampleDamaged_StopsNothing()
    {
        _hub.Change = (file, bytes) => file == Example ? [.. bytes.Reverse()] : bytes;

        (await _user.PullEntryAsync(Entry, ct: Ct)).Manifest.Reference.ShouldBeNull();
    }

    [Fact]
    public async Task Fetch_ExampleTooLarge_IsNotRequested()
    {
        using (var file = File.OpenWrite(_files.File(Example)))
            file.SetLength((16 << 20) + 1);

        (await _user.PullEntryAsync(Entry, ct: Ct)).Manifest.Reference.ShouldBeNull();

        _hub.Requests.ShouldNotContain(request => request.File == Example);
    }

    [Fact]
    public async Task Fetch_ExampleThatIsNoRecording_StopsNothing()
    {
        File.WriteAllText(_files.File(Example), "no recording");

        (await _user.PullEntryAsync(Entry, ct: Ct)).Manifest.Reference.ShouldBeNull();
    }
}
