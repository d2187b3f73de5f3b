using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using SpeechEmotion.Client;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Client.Results;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Client;

/// <summary>Recognitions of a client, by a real server.</summary>
public sealed class SpeechEmotionClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recognize_File_ReturnsTheResultAndItsFiles()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);

        var result = await client.RecognizeAsync(
            Recordings.SpeechPath, new() { Segments = SegmentationMode.Always, Embedding = true, Roles = ["客户"] }, ct: Ct);

        (result.State, result.Emotion, result.FileName).ShouldBe((RecognitionState.Done, Emotion.Neutral, "speech.wav"));
        result.Confidence!.Value.ShouldBe(result.Scores!.Neutral);
        result.Model!.Id.ShouldBe("compact");
        result.Provenance!.Source!.Bytes.ShouldBe(Recordings.Speech.Length);
        result.Roles.ShouldBe(["客户"]);
        (await client.GetAsync(result.Id, Ct)).Emotion.ShouldBe(Emotion.Neutral);
        var timeline = await client.GetTimelineAsync(result.Id, Ct);
        timeline.Segments.ShouldNotBeEmpty();
        timeline.Channels[0].Speech.ShouldBe(result.Summary!.Speech);
        (await TextAsync(to => client.DownloadTimelineAsync(result.Id, TimelineFormat.TextGrid, to, Ct))).ShouldStartWith("File type");
        (await TextAsync(to => client.DownloadAsync(result.Id, "result.json", to, Ct))).ShouldContain("\"neutral\"");
        var query = new RecognitionQuery { Emotion = Emotion.Neutral, State = RecognitionState.Done, From = before, MinConfidence = 0.1 };
        (await client.ListAsync(query, Ct)).Items.Single().Id.ShouldBe(result.Id);
        (await client.ListAsync(query with { Name = "other" }, Ct)).Total.ShouldBe(0);

        await client.DeleteAsync(result.Id, Ct);

        var gone = await Should.ThrowAsync<ServerException>(client.GetAsync(result.Id, Ct));
        (gone.Code, gone.Status).ShouldBe(("recognition.not_found", HttpStatusCode.NotFound));
        gone.RequestId.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Recognize_StreamThatCannotSeek_IsSentFromItsPosition()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var client = new SpeechEmotionClient(server.Client);
        using var bytes = new MemoryStream([0, 0, .. Recordings.Speech]);
        bytes.Position = 2;
        await using var stream = new BufferedPipe(bytes);

        var result = await client.RecognizeAsync(stream, "录音.wav", ct: Ct);

        (result.FileName, result.Size).ShouldBe(("录音.wav", Recordings.Speech.Length));
    }

    [Fact]
    public async Task Recognize_NoRecording_ThrowsTheCodeOfTheServer()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var client = new SpeechEmotionClient(new Uri(server.Url), options: new() { Language = "zh" });
        using var stream = new MemoryStream("no sound"u8.ToArray());

        var error = await Should.ThrowAsync<ServerException>(client.RecognizeAsync(stream, "notes.txt", ct: Ct));

        error.Code.ShouldBe("audio.unsupported_format");
        error.Message.ShouldContain("不是");
        error.IsTemporary.ShouldBeFalse();
    }

    [Fact]
    public async Task Recognize_RefusedBeforeTheUpload_ThrowsTheCodeOfTheServer()
    {
        await using var server = await RunningServer.StartAsync([("MaxUpload", "1")], SlowModel.Quick);
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        using var large = new MemoryStream(new byte[30_000_000]);
        using var small = new MemoryStream(Recordings.Speech);

        var tooLarge = await Should.ThrowAsync<ServerException>(client.RecognizeAsync(large, "a.wav", ct: Ct));
        var noModel = await Should.ThrowAsync<ServerException>(client.RecognizeAsync(small, "a.wav", new() { Model = "none" }, ct: Ct));

        (tooLarge.Code, tooLarge.Status).ShouldBe(("upload.too_large", HttpStatusCode.RequestEntityTooLarge));
        (noModel.Code, noModel.Status).ShouldBe(("model.not_found", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Recognize_ApiKey_IsRequiredAndSent()
    {
        await using var server = await RunningServer.StartAsync([("ApiKey:0", "first-key-1")], SlowModel.Quick);
        using var stranger = new SpeechEmotionClient(new Uri(server.Url));
        using var client = new SpeechEmotionClient(new Uri(server.Url), "first-key-1");

        (await client.RecognizeAsync(Recordings.SpeechPath, ct: Ct)).State.ShouldBe(RecognitionState.Done);
        (await Should.ThrowAsync<ServerException>(stranger.RecognizeAsync(Recordings.SpeechPath, ct: Ct)))
            .Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Recognize_SameKey_ReturnsTheSameRecognition()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var client = new SpeechEmotionClient(new Uri(server.Url));

        var first = await client.RecognizeAsync(Recordings.SpeechPath, key: "one", ct: Ct);
        var again = await client.RecognizeAsync(Recordings.SpeechPath, key: "one", ct: Ct);

        again.Id.ShouldBe(first.Id);
        server.Folders.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Recognize_Cancelled_CancelsItOnTheServer()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        using var stop = new CancellationTokenSource();
        var call = client.RecognizeAsync(Recordings.SpeechPath, ct: stop.Token);
        await Until.True(() => model.Begun == 1);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        model.Ended.ShouldBe(1);
        (await client.ListAsync(ct: Ct)).Items.Single().State.ShouldBe(RecognitionState.Cancelled);
    }

    [Fact]
    public async Task Recognize_CancelledBeforeTheAnswer_CancelsItOnTheServer()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var stop = new CancellationTokenSource();
        using var http = new HttpClient(new AnswerAfter(stop.Cancel)) { BaseAddress = new(server.Url) };
        using var client = new SpeechEmotionClient(http);

        await Should.ThrowAsync<OperationCanceledException>(client.RecognizeAsync(Recordings.SpeechPath, ct: stop.Token));

        (await client.ListAsync(ct: Ct)).Items.Single().State.ShouldBe(RecognitionState.Cancelled);
    }

    [Fact]
    public async Task Recognize_StreamThatBreaks_ThrowsUnreadableFile()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        await using var broken = new BufferedPipe(new MemoryStream(Recordings.Speech)) { BreaksAfter = 100_000 };

        var error = await Should.ThrowAsync<ServerException>(client.RecognizeAsync(broken, "a.wav", ct: Ct));

        (error.Code, error.IsTemporary).ShouldBe(("client.unreadable_file", false));
        (await client.ListAsync(ct: Ct)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Wait_UntilTheEnd_ReportsEachState()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        await client.StartAsync(Recordings.SpeechPath, ct: Ct);
        await Until.True(() => model.Begun == 1);
        var started = await client.StartAsync(Recordings.SpeechPath, ct: Ct);
        var seen = new Seen<Recognition>();

        var waiting = client.WaitAsync(started.Id, seen, Ct);
        await Until.True(() => !seen.All.IsEmpty);
        model.Go();
        var result = await waiting;

        started.State.ShouldBe(RecognitionState.Queued);
        result.State.ShouldBe(RecognitionState.Done);
        seen.All.First().QueuePosition.ShouldBe(1);
        seen.All.Last().ShouldBe(result);
    }

    [Fact]
    public async Task Wait_CancelledRecognition_ThrowsItsCode()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        var started = await client.StartAsync(Recordings.SpeechPath, ct: Ct);
        var waiting = client.WaitAsync(started.Id, ct: Ct);

        (await client.CancelAsync(started.Id, Ct)).State.ShouldBe(RecognitionState.Cancelled);

        (await Should.ThrowAsync<ServerException>(waiting)).Code.ShouldBe("recognition.cancelled");
    }

    [Fact]
    public async Task Recognize_ServerRestarts_ReturnsTheResult()
    {
        var port = FreePort();
        var model = new SlowModel();
        using var client = new SpeechEmotionClient(new Uri($"http://127.0.0.1:{port}"));
        Task<Recognition> call;
        await using (await RunningServer.StartAsync([("Port", port)], () => model, _folder.Path))
        {
            call = client.RecognizeAsync(Recordings.SpeechPath, ct: Ct);
            await Until.True(() => model.Begun == 1);
        }
        await using var after = await RunningServer.StartAsync([("Port", port)], SlowModel.Quick, _folder.Path);

        var result = await call;

        result.State.ShouldBe(RecognitionState.Done);
        (await client.ListAsync(ct: Ct)).Items.ShouldHaveSingleItem().Id.ShouldBe(result.Id);
    }

    [Theory, InlineData(2), InlineData(9)]
    public async Task Recognize_ServerCannotFinish_SendsTheRecordingUpToThreeTimes(int failures)
    {
        var starts = 0;
        using var handler = new FakeHandler(request => request.StartsWith("POST ", StringComparison.Ordinal)
            ? FakeHandler.Json(Answer($"{starts++}", "queued"), HttpStatusCode.Accepted)
            : FakeHandler.Events(starts > failures ? Answer("0", "done") : Answer("0", "failed")));
        using var http = new HttpClient(handler) { BaseAddress = new("http://ser.example/") };
        using var client = new SpeechEmotionClient(http);

        var call = client.RecognizeAsync(Recordings.SpeechPath, ct: Ct);

        if (failures < 3)
            (await call).State.ShouldBe(RecognitionState.Done);
        else
            (await Should.ThrowAsync<ServerException>(call)).Code.ShouldBe("server.interrupted");
        starts.ShouldBe(3);
        handler.Header("Idempotency-Key").OfType<string>().Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Recognize_ServerKilled_ReturnsTheResult()
    {
        var port = FreePort();
        using var client = new SpeechEmotionClient(new Uri($"http://127.0.0.1:{port}"));
        using var recording = new MemoryStream(Recordings.Wav(Recordings.Talk(6)));
        var seen = new Seen<Recognition>();
        Task<Recognition> call;
        using (var before = await ServerProcess.ListeningAsync(_folder.Path, "--port", port))
        {
            call = client.RecognizeAsync(recording, "long.wav", progress: seen, ct: Ct);
            await Until.True(() => seen.All.Any(now => now.State == RecognitionState.Running));
            await before.EndAsync(ServerProcess.Kill);
        }
        using var after = await ServerProcess.ListeningAsync(_folder.Path, "--port", port);

        var result = await call;

        result.Duration!.Value.ShouldBe(Recordings.Talk(6).Length / 16000.0, 0.01);
    }

    public void Dispose() => _folder.Dispose();

    private static string Answer(string id, string state) => $$"""
        {"id":"{{id}}","state":"{{state}}","file_name":"a.wav","size":1,"created":"2024-01-04T22:30:00Z","granularity":"utterance",
        "embedding":false,"segments":"auto","silence":"auto","channels":"mix","version":"0.1.0","links":{"self":"/"},
        "error":{"code":"server.interrupted","message":"The server stopped."} }
        """.ReplaceLineEndings("");

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private static async Task<string> TextAsync(Func<Stream, Task> download)
    {
        using var file = new MemoryStream();
        await download(file);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    /// <summary>Keeps what a call reports, in order.</summary>
    private sealed class Seen<T> : IProgress<T>
    {
        public ConcurrentQueue<T> All { get; } = [];

        public void Report(T value) => All.Enqueue(value);
    }

    /// <summary>Does something after the server has accepted a recording, and before the client receives that answer.</summary>
    private sealed class AnswerAfter(Action act) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Post)
                act();
            cancellationToken.ThrowIfCancellationRequested();
            return response;
        }
    }

    /// <summary>A stream that cannot seek, as from another program.</summary>
    private sealed class BufferedPipe(Stream source) : Stream
    {
        private long _read;

        /// <summary>The number of bytes after which reading fails.</summary>
        public long BreaksAfter { get; init; } = long.MaxValue;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = source.Read(buffer, offset, count);
            return (_read += read) < BreaksAfter ? read : throw new IOException("The pipe broke.");
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
