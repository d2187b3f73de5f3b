using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage;

/// <summary>Each recognition has its own folder, and the server touches no other folder.</summary>
public sealed class RecognitionFoldersTests
{
    [Fact]
    public async Task Post_SeveralInOneSecond_EachHasItsOwnFolder()
    {
        await using var server = await RunningServer.StartAsync(
            model: SlowModel.Quick, configure: services => services.AddSingleton<TimeProvider>(new OneMoment()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.PostAsync(Recordings.Speech, "a.wav")));

        var folders = new List<string>();
        foreach (var answer in answers)
        {
            folders.Add((await answer.JsonAsync()).GetProperty("folder").GetString()!);
            answer.Dispose();
        }
        folders.Order().ShouldBe(
            ["outputs_20240104_223005", "outputs_20240104_223005_2", "outputs_20240104_223005_3", "outputs_20240104_223005_4"]);
        server.Folders.ShouldBe(folders.Order());
    }

    [Fact]
    public async Task Delete_Done_RemovesOnlyItsFolder()
    {
        using var folder = new TemporaryFolder();
        var earlier = Directory.CreateDirectory(folder.File("outputs_20240104_223005")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(earlier, "result.json"), "{ \"emotion\": \"happy\" }", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("notes.txt"), "mine", TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync(
            model: SlowModel.Quick, output: folder.Path, configure: services => services.AddSingleton<TimeProvider>(new OneMoment()));
        using var answer = await server.PostAsync(Recordings.Speech, "a.wav");
        var json = await answer.JsonAsync();

        using var response = await server.DeleteAsync(json.GetProperty("links").GetProperty("self").GetString()!);

        json.GetProperty("folder").GetString().ShouldBe("outputs_20240104_223005_2");
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        server.Folders.ShouldBe(["outputs_20240104_223005"]);
        (await File.ReadAllTextAsync(Path.Combine(earlier, "result.json"), TestContext.Current.CancellationToken))
            .ShouldBe("{ \"emotion\": \"happy\" }");
        (await File.ReadAllTextAsync(folder.File("notes.txt"), TestContext.Current.CancellationToken)).ShouldBe("mine");
    }

    [Fact]
    public async Task Delete_FolderAlreadyMissing_Succeeds()
    {
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick);
        using var answer = await server.PostAsync(Recordings.Speech, "a.wav");
        var json = await answer.JsonAsync();
        Directory.Delete(Path.Combine(server.Output, json.GetProperty("folder").GetString()!), recursive: true);

        using var response = await server.DeleteAsync(json.GetProperty("links").GetProperty("self").GetString()!);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var list = await server.GetAsync("/api/v1/recognitions");
        (await list.JsonAsync()).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("../victim")]
    [InlineData("/tmp")]
    [InlineData(".ser")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("outputs_20240104_223005/../../victim")]
    [InlineData("outputs_20240104_223005\n")]
    public async Task Delete_TamperedDocument_StaysInsideTheOutputFolder(string folder)
    {
        using var parent = new TemporaryFolder();
        var victim = Directory.CreateDirectory(parent.File("victim")).FullName;
        await File.WriteAllTextAsync(Path.Combine(victim, "result.json"), "secret", TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync(model: SlowModel.Quick, output: parent.File("outputs"));
        using var answer = await server.PostAsync(Recordings.Speech, "a.wav");
        var json = await answer.JsonAsync();
        var (id, own) = (json.GetProperty("id").GetString()!, json.GetProperty("folder").GetString()!);
        var escaped = folder.Replace("\n", "\\n", StringComparison.Ordinal);
        await Database.ExecuteAsync(
            server, $"UPDATE recognitions SET Document = replace(Document, '{own}', '{escaped}') WHERE Id = $id", id);

        using var file = await server.GetAsync($"/api/v1/recognitions/{id}/files/result.json");
        using var response = await server.DeleteAsync($"/api/v1/recognitions/{id}");

        (await file.CodeAsync()).ShouldBe("recognition.no_file");
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Directory.GetFiles(victim).ShouldHaveSingleItem();
        File.Exists(Path.Combine(server.Output, ".ser", "history.db")).ShouldBeTrue();
        server.Folders.ShouldBe([own]);
    }

    /// <summary>A clock that never advances.</summary>
    private sealed class OneMoment : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2024, 1, 4, 22, 30, 5, TimeSpan.Zero);
    }
}
