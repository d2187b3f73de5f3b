using Microsoft.AspNetCore.Http;
using Shouldly;
using SpeechEmotion.Downloads;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;
using Answers = Microsoft.AspNetCore.Http.Results;

namespace SpeechEmotion.Tests.Downloads;

/// <summary>Downloads over a network that fails in many ways.</summary>
public sealed class FileDownloadTests : IAsyncLifetime
{
    private static readonly string Golden = Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16");
    private static readonly long Size = new FileInfo(Path.Combine(Golden, "model.pt")).Length;
    private static readonly int Pieces = (int)((Size + 65535) / 65536);

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

    [Fact]
    public async Task Fetch_Pieces_AreRequestedOnceAndInParallel()
    {
        await _user.PullAsync(ct: Ct);

        _hub.RequestedBytes("model.pt").ShouldBe(Size);
        _hub.Requests.Count(request => request.File == "model.pt" && request.Status == 206).ShouldBe(Pieces);
    }

    [Fact]
    public async Task Fetch_ConnectionsCutDuringResponses_ResumesWhereTheyEnded()
    {
        _user.Settings = _user.Settings with { Retries = 30 };
        // Two of three responses break off after some bytes, which may be lost with the connection.
        _hub.Instead = async (context, file, before) =>
        {
            if (file != "model.pt" || !context.Request.Path.StartsWithSegments("/0") || before % 3 == 0)
                return null;
            var range = context.Request.GetTypedHeaders().Range!.Ranges.Single();
            var some = Math.Min(20_000, (int)(range.To!.Value - range.From!.Value));
            var bytes = File.ReadAllBytes(Path.Combine(Golden, file)).AsMemory((int)range.From.Value, some);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {range.From}-{range.To}/{Size}";
            context.Response.ContentLength = range.To - range.From + 1;
            await context.Response.Body.WriteAsync(bytes, Ct);
            await context.Response.Body.FlushAsync(Ct);
            context.Abort();
            return Answers.Empty;
        };

        var pulled = await _user.PullAsync(ct: Ct);

        pulled.Manifest.Check.ShouldBe(ModelCheck.Publisher);
        _hub.Requests.Count(request => request.File == "model.pt").ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Fetch_Cancelled_KeepsTheReceivedPieces()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var released = 0;
        _hub.Instead = async (context, file, _) =>
        {
            if (file != "model.pt" || Interlocked.Increment(ref released) <= 4)
                return null;
            // Half of the pieces have arrived; the next four are in flight when the download is cancelled.
            if (released == 8)
                await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        };
        _hub.HasStorage = false;
        _user.Settings = _user.Settings with { Idle = TimeSpan.FromMinutes(1) };
        await Should.ThrowAsync<OperationCanceledException>(() => _user.PullAsync(ct: stop.Token));
        _user.Store.List().ShouldBeEmpty();
        _hub.Instead = null;
        var before = _hub.RequestedBytes("model.pt");

        var pulled = await _user.PullAsync(ct: Ct);

        pulled.Manifest.Check.ShouldBe(ModelCheck.Publisher);
        (_hub.RequestedBytes("model.pt") - before).ShouldBeInRange(1, Size - (4 * 65536));
    }

    [Theory, InlineData(429), InlineData(500), InlineData(503), InlineData(408)]
    public async Task Fetch_TransientErrors_AreRetried(int status)
    {
        _hub.Instead = (context, _, before) =>
        {
            context.Response.Headers.RetryAfter = "0";
            return Task.FromResult(before < 2 ? Answers.StatusCode(status) : null);
        };

        (await _user.PullAsync(ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.Publisher);
    }

    [Theory]
    [InlineData(401, "download.refused"), InlineData(403, "download.refused"), InlineData(404, "download.not_found")]
    [InlineData(400, "download.failed")]
    [InlineData(500, "download.failed"), InlineData(429, "download.failed")]
    public async Task Fetch_PermanentErrors_EndTheDownload(int status, string code)
    {
        _hub.Instead = (_, file, _) => Task.FromResult(file == "model.pt" ? Answers.StatusCode(status) : null);

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Fetch_ServerThatStalls_IsRetried()
    {
        var options = new PullOptions { From = "huggingface" };
        var offer = await _user.Pull.AskAsync(Puller.Name, options, Ct);
        // On a busy machine a response may be that slow too, hence the many retries.
        _user.Settings = _user.Settings with { Idle = TimeSpan.FromSeconds(1), Connect = TimeSpan.FromSeconds(1), Retries = 30 };
        _hub.Instead = async (context, file, before) =>
        {
            if (file == "model.pt" && before == 3)
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        };

        (await _user.Pull.FetchAsync(offer, options, _user, Ct)).Manifest.Check.ShouldBe(ModelCheck.Publisher);
    }

    [Fact]
    public async Task Fetch_SignedAddressThatExpires_IsRequestedAgain()
    {
        _hub.Instead = (context, file, before) =>
        {
            if (file == "model.pt" && before is 5 or 9)
                _hub.Expire();
            return Task.FromResult<IResult?>(null);
        };

        (await _user.PullAsync(ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.Publisher);

        _hub.Requests.ShouldContain(request => request.Storage && request.Status == 403);
        _hub.Requests.Count(request => request.File == "model.pt" && !request.Storage).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Fetch_WholeFilesOnly_UsesOneRequest()
    {
        _hub.HasRanges = false;
        _hub.HasStorage = false;

        (await _user.PullAsync(ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.Publisher);
    }

    [Fact]
    public async Task Fetch_WrongBytes_AreDiscardedAndNamed()
    {
        _hub.Change = (file, bytes) =>
        {
            if (file == "model.pt")
                bytes[300_000] ^= 1;
            return bytes;
        };

        var error = await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct));

        error.Code.ShouldBe("download.wrong_hash");
        error.Message.ShouldContain("model.pt");
        _user.Store.List().ShouldBeEmpty();
        _hub.Change = null;
        (await _user.PullAsync(ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.Publisher);
    }

    [Fact]
    public async Task Fetch_WrongConfiguration_IsFoundByGitsHash()
    {
        _hub.Hash = file => file == "model.pt" ? new string('0', 64) : new string('0', 40);

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct))).Message.ShouldContain(new string('0', 40));
        _hub.Requests.ShouldNotContain(request => request.File == "model.pt");
    }

    [Fact]
    public async Task Fetch_FileThatChangesDuringTheDownload_IsRefused()
    {
        _hub.Change = (file, bytes) => file == "model.pt" ? [.. bytes, 0] : bytes;

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct))).Code.ShouldBe("download.changed");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/x", "download.unreachable"), InlineData("ftp://127.0.0.1/x", "download.bad_answer")]
    [InlineData("", "download.bad_answer")]
    [InlineData("//", "download.bad_answer"), InlineData("//:99999", "download.bad_answer"), InlineData("https:", "download.bad_answer")]
    [InlineData("//a@b:c@d", "download.bad_answer")]
    public async Task Fetch_RedirectToNowhere_Ends(string location, string code)
    {
        _hub.Instead = (context, file, _) =>
        {
            if (file != "model.pt")
                return Task.FromResult<IResult?>(null);
            context.Response.Headers.Location = location.Length > 0 ? location : context.Request.Path.Value;
            return Task.FromResult<IResult?>(Answers.StatusCode(302));
        };

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(ct: Ct))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Fetch_OneUnexpectedResponseAmongTheParts_LosesNothing()
    {
        _hub.HasStorage = false;
        _hub.Instead = (_, file, before) => Task.FromResult(
            file == "model.pt" && before == 6
                ? Answers.Bytes(File.ReadAllBytes(Path.Combine(Golden, file)), "application/octet-stream")
                : null);

        (await _user.PullAsync(ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.Publisher);

        _hub.Requests.Count(request => request.File == "model.pt" && request.Status == 206).ShouldBe(Pieces);
    }

    [Fact]
    public async Task Fetch_WebFolderWhoseFileChangesBetweenAttempts_StartsAgain()
    {
        var folder = new PullOptions { From = _hub.Url + "/plain" };
        _hub.Version = "\"one\"";
        var last = new TaskCompletionSource();
        _hub.Instead = async (_, file, before) =>
        {
            if (file != "model.pt" || before <= Pieces - 4)
                return null;
            // The first refusal cancels the other requests, so it is held back until all of them have arrived.
            if (before == Pieces)
                last.SetResult();
            await last.Task.WaitAsync(Ct);
            return Answers.StatusCode(400);
        };
        await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(folder, ct: Ct));
        _hub.Instead = null;
        _hub.Version = "\"two\"";
        var before = _hub.Requests.Count;

        await _user.PullAsync(folder, ct: Ct);

        _hub.Requests.Skip(before).Where(request => request.File == "model.pt").Sum(request => request.Length).ShouldBe(Size);
    }

    [Fact]
    public async Task Fetch_WebFolderWhoseFileChangesDuringTheDownload_IsRefused()
    {
        _hub.Version = "\"one\"";
        _hub.Instead = (_, file, before) =>
        {
            if (file == "model.pt" && before == 4)
                _hub.Version = "\"two\"";
            return Task.FromResult<IResult?>(null);
        };

        (await Should.ThrowAsync<DownloadException>(() => _user.PullAsync(new() { From = _hub.Url + "/plain" }, ct: Ct))).Code
            .ShouldBe("download.changed");
    }

    [Fact]
    public async Task Fetch_DamagedFileWithoutAKnownHash_IsDownloadedAgain()
    {
        _hub.Change = (file, bytes) => file == "model.pt" ? new byte[bytes.Length] : bytes;
        var folder = new PullOptions { From = _hub.Url + "/plain" };
        (await Should.ThrowAsync<CheckpointException>(() => _user.PullAsync(folder, ct: Ct))).Code.ShouldBe("checkpoint.not_a_checkpoint");
        _hub.Change = null;

        (await _user.PullAsync(folder, ct: Ct)).Manifest.Check.ShouldBe(ModelCheck.None);
    }

    [Fact]
    public async Task Fetch_InterruptedImport_NeedsNoSpaceForTheDownloadAgain()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        _user.Watch = step =>
        {
            if (step.Stage == PullStage.Importing)
                stop.Cancel();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => _user.PullAsync(ct: stop.Token));
        _user.Watch = null;
        _user.Free = Size + 10_000;
        var before = _hub.RequestedBytes("model.pt");

        await _user.PullAsync(ct: Ct);

        _hub.RequestedBytes("model.pt").ShouldBe(before);
    }

    [Fact]
    public async Task Fetch_JournalCutWithinALine_IsReadUpToThatLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("j"), "subject\n0 65536\n65536 65536\n131072 655");
        using (var journal = DownloadJournal.Open(folder.File("j"), "subject"))
        {
            journal.Length.ShouldBe(131072);
            journal.Has(new(131072, 655)).ShouldBeFalse();
            journal.Note(new(131072, 65536));
        }
        (await File.ReadAllTextAsync(folder.File("j"), Ct)).ShouldBe("subject\n0 65536\n65536 65536\n131072 65536\n");

        using var other = DownloadJournal.Open(folder.File("j"), "another");
        other.Length.ShouldBe(0);
    }
}
