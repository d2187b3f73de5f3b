using System.Diagnostics;
using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>Links in output folders are not followed, neither for reading nor for deletion.</summary>
public sealed class RecognitionLinksTests : IAsyncLifetime
{
    private readonly TemporaryFolder _elsewhere = new();
    private RunningServer _server = null!;
    private string _id = "", _folder = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Requires the links and pipes of Linux.");
        await File.WriteAllTextAsync(_elsewhere.File("result.json"), "secret", Ct);
        await File.WriteAllTextAsync(_elsewhere.File("processed_audio.wav"), "secret", Ct);
        _server = await RunningServer.StartAsync(model: () =>
        {
            var model = new SlowModel();
            model.Go();
            return model;
        });
        using var answer = await _server.PostAsync(Recordings.Speech, "a.wav");
        var json = await answer.JsonAsync();
        (_id, _folder) = (json.GetProperty("id").GetString()!, Path.Combine(_server.Output, json.GetProperty("folder").GetString()!));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData("files/result.json")]
    [InlineData("files/processed_audio.wav")]
    [InlineData("waveform")]
    public async Task Get_FileIsALink_ReturnsNotFound(string what)
    {
        foreach (var name in new[] { "result.json", "processed_audio.wav" })
        {
            File.Delete(Path.Combine(_folder, name));
            File.CreateSymbolicLink(Path.Combine(_folder, name), _elsewhere.File(name));
        }

        await ShouldNotBeFoundAsync(what);
    }

    [Fact]
    public async Task Get_FolderIsALink_ReturnsNotFound()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.CreateSymbolicLink(_folder, _elsewhere.Path);

        await ShouldNotBeFoundAsync("files/result.json");
    }

    [Fact]
    public async Task Get_FileIsAPipe_DoesNotWait()
    {
        File.Delete(Path.Combine(_folder, "result.json"));
        ProgramRun.Of(new ProcessStartInfo("mkfifo", [Path.Combine(_folder, "result.json")])).ExitCode.ShouldBe(0);

        await ShouldNotBeFoundAsync("files/result.json");
    }

    [Fact]
    public async Task Delete_FolderWithLinks_RemovesOnlyTheLinks()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "file"), _elsewhere.File("result.json"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "folder"), _elsewhere.Path);

        using var answer = await _server.DeleteAsync($"/api/v1/recognitions/{_id}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Directory.Exists(_folder).ShouldBeFalse();
        Directory.GetFiles(_elsewhere.Path).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Delete_FolderIsALink_RemovesOnlyTheLink()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.CreateSymbolicLink(_folder, _elsewhere.Path);

        using var answer = await _server.DeleteAsync($"/api/v1/recognitions/{_id}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        new DirectoryInfo(_folder).LinkTarget.ShouldBeNull();
        Directory.GetFiles(_elsewhere.Path).Length.ShouldBe(2);
    }

    private async Task ShouldNotBeFoundAsync(string what)
    {
        using var answer = await _server.GetAsync($"/api/v1/recognitions/{_id}/{what}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.CodeAsync()).ShouldBe("recognition.no_file");
    }
}
