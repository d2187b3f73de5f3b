using System.Net;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>A recording goes in, its emotion comes out.</summary>
public sealed class RecognizeTests
{
    [Fact]
    public async Task Post_Form_CreatesARecognitionWithItsFolder()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.PostAsync(Recordings.Speech, "speech.wav");

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var json = await response.JsonAsync();
        json.GetProperty("emotion").GetString().ShouldBe("neutral");
        json.GetProperty("model").GetProperty("id").GetString().ShouldBe("compact");
        response.Headers.Location!.ToString().ShouldBe(json.GetProperty("links").GetProperty("self").GetString());
        var folder = Path.Combine(server.Output, json.GetProperty("folder").GetString()!);
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["processed_audio.wav", "result.json"]);
    }
}
