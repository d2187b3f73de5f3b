using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using SpeechEmotion.Client;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Client.Results;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Client.Batches;

/// <summary>Batches of a client, by a real server.</summary>
public sealed class BatchClientTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Folder_GivesAnOutcomeToEachRecording()
    {
        _folder.LaySpeech(3);
        File.CreateSymbolicLink(_folder.Recording("link.wav"), _folder.Recording("0002.wav"));
        await File.WriteAllTextAsync(_folder.Recording("录音.wav"), "no sound", Ct);
        await using var server = await RunningServer.StartAsync();
        using var client = new SpeechEmotionClient(new Uri(server.Url));

        var batch = await client.RunBatchAsync(
            _folder.Recordings, new() { Name = "calls", Priority = 3, Recognition = new() { Segments = SegmentationMode.Always } }, ct: Ct);

        (batch.State, batch.Name, batch.Priority, batch.Open).ShouldBe((BatchState.Done, "calls", 3, false));
        (batch.Items, batch.Succeeded, batch.Failed).ShouldBe((5, 4, 1));
        batch.Options.Segments.ShouldBe(SegmentationMode.Always);
        var items = await client.Batches.ItemsAsync(batch.Id, new() { Sort = BatchItemOrder.Name }, Ct).ToListAsync(Ct);
        items.Select(item => item.Name).ShouldBe(["0000.wav", "0001.wav", "0002.wav", "link.wav", "录音.wav"]);
        items[4].Error!.Code.ShouldBe("audio.unsupported_format");
        items[3].Size.ShouldBe(new FileInfo(_folder.Recording("0002.wav")).Length);
        var first = await client.Batches.GetItemAsync(batch.Id, items[0].Number, Ct);
        first.Result!.Value.GetProperty("file").GetString().ShouldBe("0000.wav");
        first.Emotion.ShouldBe(items[0].Emotion);
        var failed = new BatchItemQuery { State = BatchItemState.Failed, Code = "audio.unsupported_format" };
        (await client.Batches.ItemsAsync(batch.Id, failed, Ct).CountAsync(Ct)).ShouldBe(1);
        (await BytesAsync(to => client.Batches.DownloadAudioAsync(batch.Id, first.Number, to, Ct)))
            .ShouldBe(await File.ReadAllBytesAsync(_folder.Recording("0000.wav"), Ct));
    }

    [Fact]
    public async Task Export_EachFormat_WritesIt()
    {
        _folder.LaySpeech(2);
        await using var server = await RunningServer.StartAsync();
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        var batch = await client.RunBatchAsync(_folder.Recordings, new(), ct: Ct);

        var table = Encoding.UTF8.GetString(await ExportAsync(new(BatchExportFormat.Csv)));
        var parquet = await ExportAsync(new(BatchExportFormat.Parquet, BatchTable.Results));
        using var zip = new ZipArchive(new MemoryStream(await ExportAsync(new(BatchExportFormat.Zip))));

        table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        parquet[..4].ShouldBe("PAR1"u8.ToArray());
        zip.Entries.Select(entry => entry.Name).ShouldContain("report.html");

        Task<byte[]> ExportAsync(BatchExport export) => BytesAsync(to => client.Batches.ExportAsync(batch.Id, export, to, Ct));
    }

    [Fact]
    public async Task Run_StoppedAndRunAgain_SendsOnlyWhatIsMissing()
    {
        _folder.LaySpeech(120);
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        using var stop = new CancellationTokenSource();
        var stopping = new Seen(now =>
        {
            if (now.Sent > 0)
                stop.Cancel();
        });
        var options = new BatchOptions { Key = "calls" };
        await Should.ThrowAsync<OperationCanceledException>(client.RunBatchAsync(_folder.Recordings, options, stopping, stop.Token));
        var seen = new Seen();

        var batch = await client.RunBatchAsync(_folder.Recordings, options, seen, Ct);

        (batch.State, batch.Items, batch.Succeeded).ShouldBe((BatchState.Done, 120, 120));
        (seen.Last.Sent, seen.Last.Skipped).ShouldBe((120 - stopping.Last.Sent, stopping.Last.Sent));
        (await client.Batches.ListAsync(Ct).CountAsync(Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task Run_ServerRestarts_LosesNothing()
    {
        _folder.LaySpeech(150);
        var port = FreePort();
        var model = new SlowModel();
        using var client = new SpeechEmotionClient(new Uri($"http://127.0.0.1:{port}"));
        Task<Batch> call;
        await using (await RunningServer.StartAsync([("Port", port)], () => model, _folder.File("outputs")))
        {
            call = client.RunBatchAsync(_folder.Recordings, new(), ct: Ct);
            await Until.True(() => model.Begun > 0);
        }
        await using var after = await RunningServer.StartAsync([("Port", port)], SlowModel.Quick, _folder.File("outputs"));

        var batch = await call;

        (batch.State, batch.Items, batch.Succeeded).ShouldBe((BatchState.Done, 150, 150));
    }

    [Fact]
    public async Task Batch_EachAction_ChangesIt()
    {
        _folder.LaySpeech(1);
        await File.WriteAllTextAsync(_folder.Recording("b.wav"), "no sound", Ct);
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        var id = (await client.Batches.CreateAsync(new(), Ct)).Id;
        BatchRecording[] both = [new(_folder.Recording("0000.wav"), "day/a.wav"), new(_folder.Recording("b.wav"), "b.wav")];

        (await client.Batches.AddAsync(id, both, Ct)).ShouldBe(new() { Added = 2, Repeated = 0 });
        (await client.Batches.AddAsync(id, both, Ct)).ShouldBe(new() { Added = 0, Repeated = 2 });
        (await client.Batches.PauseAsync(id, Ct)).State.ShouldBe(BatchState.Paused);
        (await client.Batches.ChangeAsync(id, 5, "renamed", Ct)).ShouldSatisfyAllConditions(
            batch => batch.Priority.ShouldBe(5), batch => batch.Name.ShouldBe("renamed"));
        await client.Batches.SealAsync(id, Ct);
        model.Go();
        await client.Batches.ResumeAsync(id, Ct);
        (await client.Batches.WaitAsync(id, ct: Ct)).Failed.ShouldBe(1);
        await client.Batches.RetryAsync(id, 1, Ct);
        (await client.Batches.WaitAsync(id, ct: Ct)).Failed.ShouldBe(1);
        (await Should.ThrowAsync<ServerException>(client.Batches.AddAsync(id, both, Ct))).Code.ShouldBe("batch.not_open");
        await client.Batches.DeleteAsync(id, Ct);
        (await Should.ThrowAsync<ServerException>(client.Batches.GetAsync(id, Ct))).Code.ShouldBe("batch.not_found");
    }

    [Fact]
    public async Task Run_BatchCancelled_ReturnsIt()
    {
        _folder.LaySpeech(3);
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync(model: () => model);
        using var client = new SpeechEmotionClient(new Uri(server.Url));
        var call = client.RunBatchAsync(_folder.Recordings, new(), ct: Ct);
        await Until.True(() => model.Begun > 0);
        var batch = await client.Batches.ListAsync(Ct).FirstAsync(Ct);

        await client.Batches.CancelAsync(batch.Id, Ct);

        (await call).State.ShouldBe(BatchState.Cancelled);
    }

    public void Dispose() => _folder.Dispose();

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private static async Task<byte[]> BytesAsync(Func<Stream, Task> download)
    {
        using var file = new MemoryStream();
        await download(file);
        return file.ToArray();
    }

    private sealed class Seen(Action<BatchProgress>? then = null) : IProgress<BatchProgress>
    {
        private readonly ConcurrentQueue<BatchProgress> _all = [];

        public BatchProgress Last => _all.Last();

        public void Report(BatchProgress value)
        {
            _all.Enqueue(value);
            then?.Invoke(value);
        }
    }
}
