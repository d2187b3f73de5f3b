namespace SpeechEmotion.Bench;

/// <summary>Checks that the server's private memory stays stable during recordings of mixed lengths from four clients.</summary>
internal static class ServerSoak
{
    private const int Clients = 4;
    private const int Steps = 10;
    private static readonly int[] Lengths = [1, 2, 5, 10, 29];

    public static int Run(string program, int requests, string? directory)
    {
        using var server = ServerProcess.Of(Path.GetFullPath(program), directory);
        var clips = Lengths.Select(seconds => File.ReadAllBytes(Noise.Wav(seconds))).ToArray();
        Console.WriteLine($"ready: {server.PrivateMegabytes:F0} MB");
        for (var step = 1; step <= Steps; step++)
        {
            Task.WaitAll([.. Enumerable.Range(0, Clients)
                .Select(client => SendAsync(server.Client, clips, client, requests / Steps / Clients))]);
            Console.WriteLine($"{step * requests / Steps} requests: {server.PrivateMegabytes:F0} MB");
        }
        return 0;
    }

    private static async Task SendAsync(HttpClient client, byte[][] clips, int first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var body = new ByteArrayContent(clips[(first + i) % clips.Length]);
            var granularity = i % 3 == 0 ? "frame" : "utterance";
            using var answer = await client.PostAsync($"/api/v1/recognitions?name=clip.wav&granularity={granularity}", body);
            answer.EnsureSuccessStatusCode();
        }
    }
}
