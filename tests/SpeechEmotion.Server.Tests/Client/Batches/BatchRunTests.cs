using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Client;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Client.Results;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Client.Batches;

/// <summary>How a client runs batches, with a server that fails as asked.</summary>
public sealed class BatchRunTests : IDisposable
{
    private const string FullDisk = """{"code":"output.disk_full","message":"The disk is full."}""";
    private const string System = """{"limits":{"max_upload_bytes":1000000},"extensions":[".wav"]}""";

    private readonly TemporaryFolder _folder = new();
    private readonly SwiftTime _time = new();
    private readonly TaskCompletionSource _sealed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ConnectionLostDuringAGroup_SendsTheGroupAgain()
    {
        Lay("a.wav", "b.wav");
        var lost = true;
        using var handler = Server(
            add: () => Interlocked.Exchange(ref lost, false)
                ? throw new HttpRequestException("reset") : FakeHandler.Json("""{"added":1,"repeated":1}"""));
        using var client = ClientOf(handler);

        var batch = await client.RunBatchAsync(_folder.Path, new() { Key = "one" }, ct: Ct);

        batch.State.ShouldBe(BatchState.Done);
        Calls(handler, "/recordings").ShouldBe(2);
        Calls(handler, "/seal").ShouldBe(1);
        handler.Header("Idempotency-Key").ShouldContain("one");
    }

    [Fact]
    public async Task Run_BatchThatWasBegun_SendsWhatIsMissing()
    {
        Lay("a.wav", "b.wav", "c.wav");
        using var handler = Server(items: [Item(0, "a.wav", 5), Item(1, "b.wav", 4)]);
        using var client = ClientOf(handler);
        var seen = new ConcurrentQueue<BatchProgress>();

        await client.RunBatchAsync(_folder.Path, new() { Key = "one" }, new Direct(seen.Enqueue), Ct);

        // b.wav has another size than the one that the batch has.
        seen.Last(now => !now.IsSending).ShouldSatisfyAllConditions(now => now.Sent.ShouldBe(2), now => now.Skipped.ShouldBe(1));
        Calls(handler, "/recordings").ShouldBe(1);
    }

    [Fact]
    public async Task Run_SealedBatch_OnlyWaits()
    {
        using var handler = Server(isOpen: false);
        using var client = ClientOf(handler);

        (await client.RunBatchAsync(_folder.Path, new() { Key = "one" }, ct: Ct)).State.ShouldBe(BatchState.Done);

        handler.Requests.Skip(1).ShouldBe(["POST /api/v1/batches", "GET /api/v1/batches/7/events"]);
    }

    [Fact]
    public async Task Run_ManyRecordings_AreSentInGroups()
    {
        Lay([.. Enumerable.Range(0, 250).Select(i => $"{i:D3}.wav")]);
        File.WriteAllBytes(_folder.File("large.wav"), new byte[1_000_000]);
        using var handler = Server();
        using var client = ClientOf(handler);

        await client.RunBatchAsync(_folder.Path, new(), ct: Ct);

        Calls(handler, "/recordings").ShouldBeInRange(4, 5);
    }

    [Fact]
    public async Task Run_FolderWithLinksAndOtherFiles_SendsItsRecordings()
    {
        Directory.CreateDirectory(_folder.File("day/night"));
        Lay("day/a.wav", "day/night/b.WAV", ".hidden.wav", "notes.txt");
        File.CreateSymbolicLink(_folder.File("day/linked.wav"), _folder.File("day/a.wav"));
        Directory.CreateSymbolicLink(_folder.File("day/night/up"), _folder.Path);
        using var handler = Server();
        using var client = ClientOf(handler);
        var seen = new ConcurrentQueue<BatchProgress>();

        await client.RunBatchAsync(_folder.Path, new(), new Direct(seen.Enqueue), Ct);

        seen.Last().Sent.ShouldBe(3);
    }

    [Fact]
    public async Task Run_RecordingTooLarge_NamesIt()
    {
        File.WriteAllBytes(_folder.File("large.wav"), new byte[1_000_001]);
        using var handler = Server();
        using var client = ClientOf(handler);

        var error = await Should.ThrowAsync<ServerException>(client.RunBatchAsync(_folder.Path, new(), ct: Ct));

        (error.Code, error.Message).ShouldBe(("upload.too_large", "'large.wav' is larger than the limit of the server, 1 MB."));
        Calls(handler, "/recordings").ShouldBe(0);
    }

    [Fact]
    public async Task Run_RecordingDisappears_NamesIt()
    {
        using var handler = Server();
        using var client = ClientOf(handler);

        var error = await Should.ThrowAsync<ServerException>(
            client.RunBatchAsync([new BatchRecording(_folder.File("gone.wav"), "gone.wav")], new(), ct: Ct));

        error.Code.ShouldBe("client.unreadable_file");
        error.Message.ShouldContain("gone.wav");
    }

    [Fact]
    public async Task Run_BatchCancelledWhileSending_EndsWithTheBatch()
    {
        Lay("a.wav");
        using var handler = Server(
            add: () =>
            {
                _sealed.SetResult();
                return FakeHandler.Problem(HttpStatusCode.ServiceUnavailable, "server.busy", retryAfter: 100);
            },
            final: "cancelled");
        using var client = ClientOf(handler);

        (await client.RunBatchAsync(_folder.Path, new(), ct: Ct)).State.ShouldBe(BatchState.Cancelled);

        Calls(handler, "/seal").ShouldBe(0);
    }

    [Fact]
    public async Task Run_BatchPausedByAFailure_ThrowsItsReason()
    {
        Lay("a.wav");
        using var handler = Server(final: "paused", reason: FullDisk);
        using var client = ClientOf(handler);
        var seen = new ConcurrentQueue<BatchProgress>();

        var error = await Should.ThrowAsync<ServerException>(client.RunBatchAsync(_folder.Path, new(), new Direct(seen.Enqueue), Ct));

        (error.Code, error.Message).ShouldBe(("output.disk_full", "The disk is full."));
        seen.Last(now => now.Batch.State == BatchState.Paused).Batch.Reason!.Code.ShouldBe("output.disk_full");
    }

    [Fact]
    public async Task Wait_BatchPausedByAFailure_ThrowsItsReason()
    {
        using var handler = Server(isOpen: false, final: "paused", reason: FullDisk);
        using var client = ClientOf(handler);

        (await Should.ThrowAsync<ServerException>(client.Batches.WaitAsync(7, ct: Ct))).Code.ShouldBe("output.disk_full");
    }

    [Fact]
    public async Task Wait_BatchPausedByAPerson_WaitsUntilItIsDone()
    {
        using var handler = Server(events: () => FakeHandler.Events(Batch("paused"), Batch("running"), Batch("done")));
        using var client = ClientOf(handler);

        (await client.Batches.WaitAsync(7, ct: Ct)).State.ShouldBe(BatchState.Done);
    }

    [Fact]
    public async Task Run_EventsEndEarly_AsksForTheBatch()
    {
        Lay("a.wav");
        var ends = 0;
        using var handler = Server(events: () => Interlocked.Increment(ref ends) < 3
            ? FakeHandler.Events(Batch("running")) : throw new HttpRequestException("reset"));
        using var client = ClientOf(handler);

        (await client.RunBatchAsync(_folder.Path, new(), ct: Ct)).State.ShouldBe(BatchState.Done);

        Calls(handler, "/events").ShouldBeGreaterThan(0);
        handler.Requests[^1].ShouldBe("GET /api/v1/batches/7");
    }

    [Fact]
    public async Task Run_Cancelled_LeavesTheBatch()
    {
        Lay("a.wav");
        using var stop = new CancellationTokenSource();
        using var handler = Server(add: () =>
        {
            stop.Cancel();
            throw new HttpRequestException("reset");
        });
        using var client = ClientOf(handler);

        await Should.ThrowAsync<OperationCanceledException>(client.RunBatchAsync(_folder.Path, new(), ct: stop.Token));

        handler.Requests.ShouldNotContain(request => request.EndsWith("/cancel", StringComparison.Ordinal));
        Calls(handler, "/seal").ShouldBe(0);
    }

    public void Dispose() => _folder.Dispose();

    private static int Calls(FakeHandler handler, string end) =>
        handler.Requests.Count(request => request.EndsWith(end, StringComparison.Ordinal));

    private static string Item(int number, string name, long size) => $$$"""
        {"number":{{{number}}},"name":"{{{name}}}","state":"pending","size":{{{size}}},"links":{"self":"/","audio":"/"}}
        """;

    private static string Batch(string state, bool isOpen = false, int items = 0, string reason = "null") => $$$"""
        {"id":7,"name":"calls","state":"{{{state}}}","open":{{{(isOpen ? "true" : "false")}}},"reason":{{{reason}}},"priority":0,
        "created":"2024-01-04T22:30:00Z","items":{{{items}}},"succeeded":0,"failed":0,"seconds":0,
        "emotions":{"angry":0,"disgusted":0,"fearful":0,"happy":0,"neutral":0,"other":0,"sad":0,"surprised":0,"unknown":0},
        "options":{"granularity":"utterance","embedding":false,"segments":"auto","silence":"auto","channels":"mix","roles":[]},
        "columns":[],"sources":[],"links":{"self":"/","events":"/","items":"/","export":"/"}}
        """.ReplaceLineEndings("");

    private void Lay(params string[] names)
    {
        foreach (var name in names)
            File.WriteAllText(_folder.File(name), "sound");
    }

    /// <summary>A server whose batch is done as soon as it is sealed.</summary>
    private FakeHandler Server(
        string[]? items = null, bool isOpen = true, Func<HttpResponseMessage>? add = null, Func<HttpResponseMessage>? events = null,
        string final = "done", string reason = "null") => new(request => Regex.Replace(request, @"\?.*", "") switch
        {
            "GET /api/v1/system" => FakeHandler.Json(System),
            "POST /api/v1/batches" => FakeHandler.Json(Batch("reading", isOpen, items?.Length ?? 0), HttpStatusCode.Created),
            "GET /api/v1/batches/7/items" => FakeHandler.Json($$"""{"items":[{{string.Join(',', items ?? [])}}],"total":2}"""),
            "POST /api/v1/batches/7/recordings" => add?.Invoke() ?? FakeHandler.Json("""{"added":1,"repeated":0}"""),
            "POST /api/v1/batches/7/seal" => Sealed(),
            "GET /api/v1/batches/7/events" => events?.Invoke() ?? FakeHandler.Events(Now(isOpen, final, reason)),
            "GET /api/v1/batches/7" => FakeHandler.Json(Now(isOpen, final, reason)),
            _ => throw new InvalidOperationException(request),
        });

    private string Now(bool isOpen, string final, string reason) =>
        !isOpen || _sealed.Task.IsCompleted ? Batch(final, reason: reason) : Batch("reading", isOpen: true);

    private HttpResponseMessage Sealed()
    {
        _sealed.TrySetResult();
        return FakeHandler.Json(Batch("running"));
    }

    private SpeechEmotionClient ClientOf(FakeHandler handler) => new(
        new HttpClient(handler, disposeHandler: false) { BaseAddress = new("http://ser.example/") },
        new() { Time = _time, Patience = TimeSpan.FromMinutes(10) });

    private sealed class Direct(Action<BatchProgress> report) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value) => report(value);
    }
}
