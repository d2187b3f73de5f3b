using System.Text;
using Shouldly;
using SpeechEmotion.Server.Tests.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Http;

/// <summary>However a request fails, its response does not reveal where the server stores its files.</summary>
public sealed class PathLeakTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failure_OfAnyKind_NamesNoFolderOfTheServer()
    {
        await using var server = await RunningServer.StartAsync();
        await server.ReadyAsync();
        var answers = new StringBuilder();
        byte[][] recordings =
        [
            [], "no sound"u8.ToArray(), Recordings.Speech[..60], [.. "fLaC"u8, .. new byte[200]], [.. "ID3"u8, .. new byte[4000]],
        ];
        foreach (var bad in recordings)
        {
            using var response = await server.PostAsync(bad, "/etc/passwd");
            answers.AppendLine(await response.TextAsync());
            using var old = await server.Client.PostAsync(
                new Uri("/api/predict/", UriKind.Relative),
                new StringContent($$"""{"data": [{"data": "data:audio/wav;base64,{{Convert.ToBase64String(bad)}}", "name": "a"}]}"""), Ct);
            answers.AppendLine(await old.TextAsync());
        }
        string[] paths =
        [
            "/api/v1/recognitions", "/api/v1/system", "/api/v1/models", "/file=/etc/passwd",
            "/api/v1/recognitions/x/files/..%2F..%2Fser.log",
        ];
        foreach (var path in paths)
        {
            using var response = await server.SendAsync("GET", path);
            answers.AppendLine(await response.TextAsync());
        }
        // From here on nothing can be written.
        using var done = await server.PostAsync(Recordings.Speech, "a.wav");
        var id = (await done.JsonAsync()).GetProperty("id").GetString();
        Directory.Delete(Path.Combine(server.Output, server.Folders[0]), recursive: true);
        Directory.Delete(Path.Combine(server.Output, ".ser", "uploads"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(server.Output, ".ser", "uploads"), "", Ct);
        foreach (var part in new[] { "files/result.json", "waveform", "files/processed_audio.wav" })
        {
            using var response = await server.SendAsync("GET", $"/api/v1/recognitions/{id}/{part}");
            answers.AppendLine(await response.TextAsync());
        }
        using var refused = await server.PostAsync(Recordings.Speech, "a.wav");
        answers.AppendLine(await refused.TextAsync());

        ((int)refused.StatusCode).ShouldBeGreaterThanOrEqualTo(500);
        var text = answers.ToString();
        text.ShouldNotContain(server.Output);
        text.ShouldNotContain(AppContext.BaseDirectory.TrimEnd('/'));
        text.Replace("/tmp/gradio/", "", StringComparison.Ordinal).ShouldNotContain(Path.GetTempPath());
    }
}
