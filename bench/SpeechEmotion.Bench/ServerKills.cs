using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace SpeechEmotion.Bench;

/// <summary>
/// Kills the server with SIGKILL at random moments of a batch, while clients submit single recognitions. Every item and every accepted
/// recognition must have one outcome, and the export must equal that of an undisturbed server.
/// </summary>
internal static class ServerKills
{
    private const int Seed = 15;
    private const int SinglesEachStart = 10;

    public static async Task<int> RunAsync(string program, string audio, int clips, int kills)
    {
        var root = Directory.CreateTempSubdirectory("ser-server-").FullName;
        try
        {
            var recordings = Path.Combine(root, "recordings");
            BatchKills.CopyClips(audio, recordings, clips, repeat: true);
            var clock = Stopwatch.StartNew();
            string calm;
            using (var server = await Server.StartAsync(program, recordings, Path.Combine(root, "calm")))
            {
                await server.CreateAsync();
                await server.DoneAsync();
                calm = await server.ExportAsync();
            }
            var undisturbed = clock.Elapsed;
            Print($"undisturbed: {clips} clips in {undisturbed.TotalSeconds:F1} s");
            clock.Restart();
            var accepted = await DisturbAsync(program, recordings, Path.Combine(root, "killed"), kills, undisturbed);
            using var last = await Server.StartAsync(program, recordings, Path.Combine(root, "killed"));
            await last.DoneAsync();
            var lost = await last.CountUnfinishedAsync(accepted);
            var same = await last.ExportAsync() == calm;
            Print($"killed {kills} times: {clock.Elapsed.TotalSeconds:F1} s");
            Print($"single recognitions: {accepted.Count} accepted, {lost} without a result");
            Print($"export: {(same ? "equal" : "different")}");
            return lost == 0 && same ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> DisturbAsync(
        string program, string recordings, string output, int kills, TimeSpan undisturbed)
    {
        var random = new Random(Seed);
        // The start takes about a second, and the rest of the run is spread over the kills.
        var longest = 2 * (undisturbed.TotalSeconds / kills) + 2;
        var clips = Directory.GetFiles(recordings);
        List<string> accepted = [];
        for (var kill = 0; kill < kills; kill++)
        {
            using var server = await Server.StartAsync(program, recordings, output);
            if (kill == 0)
                await server.CreateAsync();
            var end = Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * longest));
            for (var i = 0; i < SinglesEachStart && !end.IsCompleted; i++)
                accepted.Add(await server.SubmitAsync(clips[random.Next(clips.Length)]));
            await end;
            Print($"kill {kill + 1}: {accepted.Count} accepted so far");
        }
        return accepted;
    }

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));

    /// <summary>One start of the server, killed when it is disposed.</summary>
    private sealed class Server : IDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _client;

        private Server(Process process, HttpClient client) => (_process, _client) = (process, client);

        public static async Task<Server> StartAsync(string program, string recordings, string output)
        {
            int port;
            using (var free = new TcpListener(System.Net.IPAddress.Loopback, 0))
            {
                free.Start();
                port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
            }
            string[] arguments =
                ["--model", "compact", "--port", $"{port}", "--output", output, "--batch-root", recordings];
            var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            var server = new Server(process, new() { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) });
            while (!await server.IsReadyAsync())
                await Task.Delay(50);
            return server;
        }

        public async Task CreateAsync()
        {
            using var created = await _client.PostAsJsonAsync("/api/v1/batches", new { folder = "", name = "clips" });
            created.EnsureSuccessStatusCode();
        }

        public async Task<string> SubmitAsync(string clip)
        {
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(await File.ReadAllBytesAsync(clip)), "file", Path.GetFileName(clip) },
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions") { Content = form };
            request.Headers.Add("Prefer", "respond-async");
            using var answer = await _client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        }

        /// <summary>Waits until the batch is done.</summary>
        public async Task DoneAsync()
        {
            while (await StateAsync("/api/v1/batches/1") != "done")
                await Task.Delay(100);
        }

        /// <summary>Waits for the end of the recognitions, and counts those without a result.</summary>
        public async Task<int> CountUnfinishedAsync(IReadOnlyList<string> recognitions)
        {
            var count = 0;
            foreach (var id in recognitions)
            {
                string? state;
                while ((state = await StateAsync($"/api/v1/recognitions/{id}")) is "queued" or "running")
                    await Task.Delay(50);
                count += state == "done" ? 0 : 1;
            }
            return count;
        }

        public Task<string> ExportAsync() => _client.GetStringAsync("/api/v1/batches/1/export?format=csv");

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
            _client.Dispose();
        }

        private async Task<string?> StateAsync(string path) =>
            (await _client.GetFromJsonAsync<JsonElement>(path)).GetProperty("state").GetString();

        private async Task<bool> IsReadyAsync()
        {
            try
            {
                using var answer = await _client.GetAsync("/health/ready");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
