using Shouldly;
using SpeechEmotion.Downloads;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Downloads;

public sealed class PartialCheckpointTests
{
    private static readonly PullOptions Partial = new() { From = "huggingface", Partial = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_CheckpointWithTrainingState_DownloadsAPartAndGivesTheSameModel()
    {
        // Half of this checkpoint is optimizer state.
        await using var hub = await HubServer.StartAsync(Golden("tiny-optim"));
        using var user = new Puller(hub.Url);
        user.Settings = user.Settings with { PieceLength = 4 << 20 };

        var parts = (await user.PullAsync(Partial, ct: Ct)).Manifest;

        parts.Check.ShouldBe(ModelCheck.Parts);
        parts.Source!.Files[0].Sha256.ShouldBeNull();
        hub.RequestedBytes("model.pt").ShouldBeLessThan((long)(new FileInfo(Path.Combine(Golden("tiny-optim"), "model.pt")).Length * 0.9));
        Directory.EnumerateDirectories(user.Downloads).ShouldBeEmpty();
        var whole = (await user.PullAsync(ct: Ct)).Manifest;
        whole.Check.ShouldBe(ModelCheck.Publisher);
        parts.WeightsHash.ShouldBe(whole.WeightsHash);
        parts.Files.ShouldBe(whole.Files);
        user.Pull.Find(Puller.Name)!.Manifest.Check.ShouldBe(ModelCheck.Publisher);
        user.Pull.Find(Puller.Name, partial: true).ShouldNotBeNull();
    }

    [Fact]
    public async Task Fetch_DamagedPart_IsFoundByItsCrc()
    {
        var path = Path.Combine(Golden("tiny-f16"), "model.pt");
        var middle = new FileInfo(path).Length / 2;
        await using var hub = await HubServer.StartAsync(Golden("tiny-f16"));
        using var user = new Puller(hub.Url);
        hub.Change = (file, bytes) =>
        {
            if (file == "model.pt")
                bytes[middle] ^= 1;
            return bytes;
        };

        var error = await Should.ThrowAsync<DownloadException>(() => user.PullAsync(Partial, ct: Ct));

        error.Code.ShouldBe("download.wrong_hash");
        error.Message.ShouldContain("/data/");
        hub.Change = null;
        (await user.PullAsync(Partial, ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.Parts);
    }

    [Fact]
    public async Task Fetch_DamagedTableOfContents_IsDownloadedAgain()
    {
        await using var hub = await HubServer.StartAsync(Golden("tiny-f16"));
        using var user = new Puller(hub.Url);
        hub.Change = (file, bytes) => file == "model.pt" ? [.. bytes[..^100], .. new byte[100]] : bytes;
        (await Should.ThrowAsync<CheckpointException>(() => user.PullAsync(Partial, ct: Ct))).Code.ShouldBe("checkpoint.damaged");
        hub.Change = null;

        (await user.PullAsync(Partial, ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.Parts);
    }

    [Fact]
    public async Task Fetch_NoSpace_FailsBeforeTheTensorsAreDownloaded()
    {
        await using var hub = await HubServer.StartAsync(Golden("tiny-f16"));
        using var user = new Puller(hub.Url) { Free = 100_000 };

        (await Should.ThrowAsync<DownloadException>(() => user.PullAsync(Partial, ct: Ct))).Code.ShouldBe("download.no_space");

        hub.RequestedBytes("model.pt").ShouldBeLessThan(300_000);
    }

    [Fact]
    public async Task Fetch_WholeFilesOnly_ReportsIt()
    {
        await using var hub = await HubServer.StartAsync(Golden("tiny-f16"));
        hub.HasRanges = hub.HasStorage = false;
        using var user = new Puller(hub.Url);

        (await Should.ThrowAsync<DownloadException>(() => user.PullAsync(Partial, ct: Ct))).Code.ShouldBe("download.no_ranges");
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 2, 0x8a }, "download.no_parts")]
    [InlineData(new byte[] { (byte)'<', (byte)'h' }, "checkpoint.not_a_checkpoint")]
    public async Task Fetch_NoZip_ReportsIt(byte[] head, string code)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Golden("tiny-f16")))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        File.WriteAllBytes(folder.File("model.pt"), [.. head, .. new byte[200_000]]);
        await using var hub = await HubServer.StartAsync(folder.Path);
        using var user = new Puller(hub.Url);

        (await Should.ThrowAsync<SpeechEmotionException>(() => user.PullAsync(Partial, ct: Ct))).Code.ShouldBe(code);
    }

    private static string Golden(string name) => Path.Combine(Repository.Golden("emotion2vec"), "models", name);
}
