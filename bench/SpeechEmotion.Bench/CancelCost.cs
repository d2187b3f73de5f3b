using System.Diagnostics;
using System.Text.Json;

namespace SpeechEmotion.Bench;

/// <summary>Measures the delay until a core is free again after the recognition of a 30 s clip is cancelled midway.</summary>
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
            // Cancel at a later moment each time: the delay depends on the running operator.
            Thread.Sleep(directory is null ? 100 : 500 + (round * 300));
            var start = Stopwatch.GetTimestamp();
            using (var answer = server.Client.Send(new(HttpMethod.Post, $"/api/v1/recognitions/{id}/cancel")))
                answer.EnsureSuccessStatusCode();
            var answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            var processor = server.ProcessorSeconds;
            // A core that is not free would be busy during this second.
            Thread.Sleep(1000);
            Console.WriteLine(
                $"cancelled as {State(server.Client, id)} in {answered:F0} ms; "
                + $"CPU time in the second after that: {(server.ProcessorSeconds - processor) * 1000:F0} ms");
        }
        return 0;
    }

    private static string Submit(HttpClient client, byte[] clip)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions?name=clip.wav");
        request.Content = new ByteArrayContent(clip);
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
