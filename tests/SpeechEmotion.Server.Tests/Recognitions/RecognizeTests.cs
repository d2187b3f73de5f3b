using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>Posting a recording returns its emotion.</summary>
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

    [Fact]
    public async Task Get_Recognition_IncludesTheProvenanceOfItsResult()
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.PostAsync(Recordings.Speech, "speech.wav");
        var json = await response.JsonAsync();

        using var stored = await server.GetAsync(json.GetProperty("links").GetProperty("self").GetString()!);
        using var listed = await server.GetAsync("/api/v1/recognitions");

        var provenance = (await stored.JsonAsync()).GetProperty("provenance");
        var result = JsonElement.Parse(await File.ReadAllBytesAsync(
            Path.Combine(server.Output, json.GetProperty("folder").GetString()!, "result.json"), TestContext.Current.CancellationToken));
        JsonElement.DeepEquals(provenance, result.GetProperty("provenance")).ShouldBeTrue(provenance.GetRawText());
        provenance.GetProperty("source").GetProperty("sha256").GetString()
            .ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Recordings.Speech)));
        (await listed.JsonAsync()).GetProperty("items")[0].TryGetProperty("provenance", out _).ShouldBeFalse();
    }
}
