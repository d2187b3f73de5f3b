using System.Diagnostics;
using System.Text.Json;

namespace SpeechEmotion.Bench;

/// <summary>How soon a core is free again after the recognition of a 30 s clip was cancelled in the middle.</summary>
internal static class CancelCost
{
    public static int Run(string program, string? directory)
    {
        using var server = ServerProcess.Of(Path.GetFullPath(program), directory);
        var clip = File.ReadAllBytes(Noise.Wav(30));
        for (var round = 0; round < 5; round++)
        {
            var id = Submit(server.Client, clip);
            while (State(server.Client, id) == "queued")
                Thread.Sleep(5);
            // Into the middle of it, each time a little further: the wait depends on which operator runs.
            Thread.Sleep(directory is null ? 100 : 500 + (round * 300));
            var asked = Stopwatch.GetTimestamp();
            using (var answer = server.Client.Send(new(HttpMethod.Post, $"/api/v1/recognitions/{id}/cancel")))
                answer.EnsureSuccessStatusCode();
            var answered = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            var processor = server.ProcessorSeconds;
            // The second in which a core that is not free would be busy.
            Thread.Sleep(1000);
            Console.WriteLine(
                $"cancelled as {State(server.Client, id)} in {answered:F0} ms; processor time in the second after it: {(server.ProcessorSeconds - processor) * 1000:F0} ms");
        }
        return 0;
    }

    private static string Submit(HttpClient client, byte[] clip)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions?name=clip.wav") { Content = new ByteArrayContent(clip) };
        request.Headers.Add("Prefer", "respond-async");
        return Field(client, request, "id");
    }

    private static string State(HttpClient client, string id) =>
        Field(client, new(HttpMethod.Get, $"/api/v1/recognitions/{id}"), "state");

    private static string Field(HttpClient client, HttpRequestMessage request, string name)
    {
        using var answer = client.Send(request);
        answer.EnsureSuccessStatusCode();
        using var body = answer.Content.ReadAsStream();
        return JsonDocument.Parse(body).RootElement.GetProperty(name).GetString()!;
    }
}
