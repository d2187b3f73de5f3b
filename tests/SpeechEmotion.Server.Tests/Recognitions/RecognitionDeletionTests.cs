using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

public sealed class RecognitionDeletionTests
{
    private const string Path = "/api/v1/recognitions/delete";

    [Fact]
    public async Task Delete_Ids_DeletesTheseWithTheirFolders()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        var ids = await SubmitAsync(server, "a.wav", "b.wav", "c.wav");

        var answer = await DeleteAsync(server, $$"""{"ids": ["{{ids[0]}}", "{{ids[2]}}", "{{ids[0]}}"]}""");

        answer.GetProperty("deleted").GetInt32().ShouldBe(2);
        answer.GetProperty("failed").GetArrayLength().ShouldBe(0);
        (await NamesAsync(server)).ShouldBe(["b.wav"]);
        server.Folders.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Delete_UnknownId_IsReportedAndDoesNotStopTheOthers()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        var ids = await SubmitAsync(server, "a.wav", "b.wav");

        var answer = await DeleteAsync(server, $$"""{"ids": ["{{ids[0]}}", "missing", "{{ids[1]}}"]}""");

        answer.GetProperty("deleted").GetInt32().ShouldBe(2);
        var failure = answer.GetProperty("failed").EnumerateArray().ShouldHaveSingleItem();
        failure.GetProperty("id").GetString().ShouldBe("missing");
        failure.GetProperty("code").GetString().ShouldBe("recognition.not_found");
        failure.GetProperty("message").GetString()!.ShouldContain("missing");
        (await NamesAsync(server)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_RunningAndWaiting_CancelsThemFirst()
    {
        var model = new SlowModel();
        await using var server = await RunningServer.StartAsync([("Workers", "1")], () => model);
        var running = await server.SubmitAsync(Recordings.Speech, "running.wav");
        await Until.True(() => model.Begun == 1);
        var waiting = await server.SubmitAsync(Recordings.Speech, "waiting.wav");

        var answer = await DeleteAsync(server, $$"""{"ids": ["{{running}}", "{{waiting}}"]}""");

        answer.GetProperty("deleted").GetInt32().ShouldBe(2);
        (await NamesAsync(server)).ShouldBeEmpty();
        model.Ended.ShouldBe(1);
        model.Begun.ShouldBe(1);
        server.Uploads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"filter": {"name": "call"}}""", 2, "speech.wav")]
    [InlineData("""{"filter": {"state": "done", "min_confidence": 0, "max_confidence": 1.0}}""", 3, "")]
    [InlineData("""{"filter": {"emotion": "happy"}}""", 0, "speech.wav call-2.wav call-1.wav")]
    [InlineData("""{"filter": {"to": "2020-01-01T00:00:00Z"}}""", 0, "speech.wav call-2.wav call-1.wav")]
    [InlineData("""{"filter": {"from": "2020-01-01T00:00:00Z", "state": null}}""", 3, "")]
    [InlineData("""{"filter": {}}""", 3, "")]
    public async Task Delete_Filter_DeletesTheMatches(string body, int deleted, string left)
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        await SubmitAsync(server, "call-1.wav", "call-2.wav", "speech.wav");

        var answer = await DeleteAsync(server, body);

        answer.GetProperty("deleted").GetInt32().ShouldBe(deleted);
        string.Join(' ', await NamesAsync(server)).ShouldBe(left);
    }

    [Fact]
    public async Task Delete_FilterWithManyMatches_DeletesAll()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        await using (var context = server.Services.GetRequiredService<HistoryDatabase>().CreateContext())
            await ManyRecognitions.AddAsync(context, 1203);

        var answer = await DeleteAsync(server, """{"filter": {"name": "call-1"}}""");

        answer.GetProperty("deleted").GetInt32().ShouldBe(1 + 10 + 100 + 204);
        using var list = await server.GetAsync("/api/v1/recognitions");
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(1203 - 315);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"ids": []}""")]
    [InlineData("""{"ids": ["a"], "filter": {}}""")]
    [InlineData("""{"filter": {"emotions": "happy"}}""")]
    [InlineData("""{"filter": {"emotion": "joy"}}""")]
    [InlineData("""{"filter": {"state": "1"}}""")]
    [InlineData("""{"filter": {"min_confidence": 2}}""")]
    [InlineData("""{"filters": {"emotion": "happy"}}""")]
    public async Task Delete_BadBody_DeletesNothing(string body)
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        await SubmitAsync(server, "a.wav");

        using var response = await server.PostAsync(Path, Json(body));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("request.invalid");
        (await NamesAsync(server)).ShouldBe(["a.wav"]);
    }

    [Fact]
    public async Task Delete_TooManyIds_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);

        var ids = string.Join(',', Enumerable.Range(0, 1001).Select(i => $"\"{i}\""));
        using var many = await server.PostAsync(Path, Json($$"""{"ids": [{{ids}}]}"""));
        using var large = await server.PostAsync(Path, Json($$"""{"ids": ["{{new string('x', 1 << 20)}}"]}"""));

        many.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task<string[]> SubmitAsync(RunningServer server, params string[] names)
    {
        var ids = new List<string>();
        foreach (var name in names)
        {
            ids.Add(await server.SubmitAsync(Recordings.Speech, name));
            await server.EndAsync(ids[^1]);
        }
        return [.. ids];
    }

    private static async Task<JsonElement> DeleteAsync(RunningServer server, string body)
    {
        using var response = await server.PostAsync(Path, Json(body));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.JsonAsync();
    }

    private static async Task<string?[]> NamesAsync(RunningServer server)
    {
        using var list = await server.GetAsync("/api/v1/recognitions");
        var items = (await list.JsonAsync()).GetProperty("items").EnumerateArray();
        return [.. items.Select(item => item.GetProperty("file_name").GetString())];
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
