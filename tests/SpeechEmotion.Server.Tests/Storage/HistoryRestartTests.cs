using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

/// <summary>A server that starts with the data of earlier ones.</summary>
public sealed class HistoryRestartTests
{
    [Fact]
    public async Task Restart_SameFolder_KeepsRecognitionsAndLogs()
    {
        using var folder = new TemporaryFolder();
        string done, text;
        await using (var before = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path))
        {
            done = await before.SubmitAsync(Recordings.Speech, "speech.wav", ("embedding", "true"));
            await before.EndAsync(done);
            using var answer = await before.GetAsync($"/api/v1/recognitions/{done}");
            text = await answer.TextAsync();
        }

        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path);

        using var response = await server.GetAsync($"/api/v1/recognitions/{done}");
        (await response.TextAsync()).ShouldBe(text);
        (await response.JsonAsync()).GetProperty("log").GetArrayLength().ShouldBeGreaterThan(4);
        using var file = await server.GetAsync($"/api/v1/recognitions/{done}/files/embedding.npy");
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var list = await server.GetAsync("/api/v1/recognitions?name=speech");
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Start_FolderOfAnotherServer_IsRefused()
    {
        await using var first = await RunningServer.StartAsync(model: SlowModel.Quick);

        var error = await Should.ThrowAsync<RequestException>(RunningServer.StartAsync(model: SlowModel.Quick, output: first.Output));

        error.Code.ShouldBe("server.output_in_use");
        error.Message.ShouldContain(first.Output);
        using var response = await first.PostAsync(Recordings.Speech, "a.wav");
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Start_DamagedDatabase_NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File(".ser"));
        await File.WriteAllTextAsync(
            folder.File(".ser/history.db"), string.Concat(Enumerable.Repeat("no database ", 1000)), TestContext.Current.CancellationToken);

        var error = await Should.ThrowAsync<RequestException>(RunningServer.StartAsync(model: SlowModel.Quick, output: folder.Path));

        error.Code.ShouldBe("history.damaged");
        error.Message.ShouldContain("history.db");
    }

    [Fact]
    public async Task Start_OutputIsAFile_ThrowsNotWritable()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("outputs"), "mine", TestContext.Current.CancellationToken);

        var error = await Should.ThrowAsync<OutputException>(
            RunningServer.StartAsync(model: SlowModel.Quick, output: folder.File("outputs")));

        error.Code.ShouldBe("output.not_writable");
    }

    [Fact]
    public async Task List_OneDamagedDocument_StillShowsTheOthers()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        var ids = new[] { await server.SubmitAsync(Recordings.Speech), await server.SubmitAsync(Recordings.Speech) };
        await server.EndAsync(ids[0]);
        await server.EndAsync(ids[1]);
        await Database.ExecuteAsync(server, "UPDATE recognitions SET Document = '{\"id\":' WHERE Id = $id", ids[0]);

        using var list = await server.GetAsync("/api/v1/recognitions");

        (await list.JsonAsync()).GetProperty("items").GetArrayLength().ShouldBe(2);
        var damaged = await server.RecognitionAsync(ids[0]);
        damaged.GetProperty("error").GetProperty("code").GetString().ShouldBe("history.damaged");
        using var deleted = await server.DeleteAsync($"/api/v1/recognitions/{ids[0]}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Finish_HistoryNotWritable_ReportsTheEndAndRecordsItLater()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        var id = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        await Database.ExecuteAsync(server, "CREATE TRIGGER stuck BEFORE UPDATE ON recognitions BEGIN SELECT RAISE(ABORT, 'stuck'); END");
        model.Go();

        (await server.EndAsync(id)).GetProperty("state").GetString().ShouldBe("done");
        var history = server.Services.GetRequiredService<RecognitionHistory>();
        (await history.FindAsync(id, CancellationToken.None))!.State.ShouldBe(RecognitionState.Running);
        await Database.ExecuteAsync(server, "DROP TRIGGER stuck");
        await server.EndAsync(await server.SubmitAsync(Recordings.Speech));

        await Until.AsyncTrue(async () => (await history.FindAsync(id, CancellationToken.None))!.State == RecognitionState.Done);
        (await server.RecognitionAsync(id)).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Delete_EndNotRecorded_RemovesTheFolder()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        var id = await server.SubmitAsync(Recordings.Speech);
        await Until.True(() => model.Begun == 1);
        await Database.ExecuteAsync(server, "CREATE TRIGGER stuck BEFORE UPDATE ON recognitions BEGIN SELECT RAISE(ABORT, 'stuck'); END");
        model.Go();
        await server.EndAsync(id);

        using var response = await server.DeleteAsync($"/api/v1/recognitions/{id}");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        server.Folders.ShouldBeEmpty();
        using var missing = await server.GetAsync($"/api/v1/recognitions/{id}");
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
