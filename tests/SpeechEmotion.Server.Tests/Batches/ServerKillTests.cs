using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Batches;

/// <summary>What the server keeps of its promises when it is killed. bench/ has the long form.</summary>
public sealed class ServerKillTests : IDisposable
{
    private const int Clips = 40;
    private const int Kills = 3;

    private readonly BatchFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_ThreeTimes_EveryItemAndEveryRecognitionHasOneOutcome()
    {
        _folder.LaySpeech(Clips);
        var accepted = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await StartAsync();
            using var client = new HttpClient { BaseAddress = new(server.Url!) };
            if (kill == 0)
                await CreateAsync(client);
            // Without a new outcome before each kill, the server would blame the recording that it begins with, and give up on it.
            var before = (await BatchAsync(client)).Number("succeeded");
            accepted.AddRange(await SubmitAsync(client, kill));
            // A slow test may find the batch done already.
            await Until.AsyncTrue(async () => (await BatchAsync(client)).Number("succeeded") >= Math.Min(before + 2, Clips));
            await server.EndAsync(ServerProcess.Kill);
        }
        using var last = await StartAsync();
        using var end = new HttpClient { BaseAddress = new(last.Url!) };

        await Until.AsyncTrue(async () => (await BatchAsync(end)).GetProperty("state").GetString() == "done");

        var batch = await BatchAsync(end);
        (batch.Number("items"), batch.Number("succeeded"), batch.Number("failed")).ShouldBe((Clips, Clips, 0));
        foreach (var id in accepted)
        {
            await Until.AsyncTrue(async () => await StateAsync(end, id) is "done" or "failed");
            (await StateAsync(end, id)).ShouldBe("done", await end.GetStringAsync($"/api/v1/recognitions/{id}", Ct));
        }
        Directory.GetFiles(Path.Combine(_folder.Output, ".ser", "uploads")).ShouldBeEmpty();
        (await ExportAsync(end)).ShouldBe(await CalmAsync());
    }

    public void Dispose() => _folder.Dispose();

    private Task<ServerProcess> StartAsync() => ServerProcess.ListeningAsync(_folder.Output, "--batch-root", _folder.Recordings);

    /// <summary>The export of a server that nothing disturbs.</summary>
    private async Task<string> CalmAsync()
    {
        await using var server = await RunningServer.StartAsync([("BatchRoot", _folder.Recordings)]);
        await CreateAsync(server.Client);
        await Until.AsyncTrue(async () => (await BatchAsync(server.Client)).GetProperty("state").GetString() == "done");
        return await ExportAsync(server.Client);
    }

    private static async Task CreateAsync(HttpClient client)
    {
        using var created = await client.PostAsJsonAsync("/api/v1/batches", new { folder = "", name = "clips" }, Ct);
        created.EnsureSuccessStatusCode();
    }

    private static async Task<IReadOnlyList<string>> SubmitAsync(HttpClient client, int round)
    {
        List<string> accepted = [];
        for (var i = 0; i < 4; i++)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Recordings.Speech), "file", $"{round}-{i}.wav" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions") { Content = form };
            request.Headers.Add("Prefer", "respond-async");
            using var answer = await client.SendAsync(request, Ct);
            accepted.Add((await answer.JsonAsync()).GetProperty("id").GetString()!);
        }
        return accepted;
    }

    private static Task<JsonElement> BatchAsync(HttpClient client) =>
        client.GetFromJsonAsync<JsonElement>("/api/v1/batches/1", Ct);

    private static async Task<string?> StateAsync(HttpClient client, string id) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/recognitions/{id}", Ct)).GetProperty("state").GetString();

    private static Task<string> ExportAsync(HttpClient client) => client.GetStringAsync("/api/v1/batches/1/export?format=csv", Ct);
}
