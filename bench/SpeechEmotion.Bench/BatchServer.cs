using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace SpeechEmotion.Bench;

/// <summary>One start of a server with one batch, killed when it is disposed.</summary>
internal sealed class BatchServer : IDisposable
{
    private readonly HttpClient _client;

    private BatchServer(Process process, HttpClient client) => (Process, _client) = (process, client);

    /// <summary>The process of the server.</summary>
    public Process Process { get; }

    /// <summary>Starts the server and waits until it is ready.</summary>
    public static async Task<BatchServer> StartAsync(string program, string[] arguments)
    {
        var port = FreePort();
        string[] all = ["--model", "compact", "--port", $"{port}", .. arguments];
        var process = Process.Start(new ProcessStartInfo(program, all) { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new BatchServer(
            process, new() { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) });
        while (!await server.IsReadyAsync())
        {
            if (process.HasExited)
                throw new InvalidOperationException("The server exited.");
            await Task.Delay(50);
        }
        return server;
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Creates the batch from the folder of the recordings.</summary>
    public async Task CreateAsync()
    {
        using var created = await _client.PostAsJsonAsync("/api/v1/batches", new { folder = "", name = "clips" });
        created.EnsureSuccessStatusCode();
    }

    /// <summary>Creates the batch from recordings that are sent.</summary>
    public async Task SendAsync(string folder)
    {
        using var form = new MultipartFormDataContent { { new StringContent("clips"), "name" } };
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(path)), "file", Path.GetFileName(path));
        using var created = await _client.PostAsync("/api/v1/batches", form);
        created.EnsureSuccessStatusCode();
    }

    /// <summary>Submits a single recognition and returns its identifier.</summary>
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

    /// <summary>Waits for the end of the recognitions, and counts those without a result.</summary>
    public async Task<int> CountUnfinishedAsync(IReadOnlyList<string> recognitions)
    {
        var count = 0;
        foreach (var id in recognitions)
        {
            string? state;
            while ((state = await StateAsync($"/api/v1/recognitions/{id}")) is null or "queued" or "running")
                await Task.Delay(50);
            count += state == "done" ? 0 : 1;
        }
        return count;
    }

    /// <summary>Whether the batch is done; also false while the database does not answer.</summary>
    public async Task<bool> IsDoneAsync() => await StateAsync("/api/v1/batches/1") == "done";

    /// <summary>Waits until the batch is done.</summary>
    public async Task DoneAsync()
    {
        while (!await IsDoneAsync())
            await Task.Delay(100);
    }

    /// <summary>Returns the results as CSV.</summary>
    public Task<string> ExportAsync() => _client.GetStringAsync("/api/v1/batches/1/export?format=csv");

    public void Dispose()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
        _client.Dispose();
    }

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

    private async Task<string?> StateAsync(string path) => (await GetAsync(path))?.GetProperty("state").GetString();

    /// <summary>The answer; null if there is none, or if it reports a failure.</summary>
    private async Task<JsonElement?> GetAsync(string path)
    {
        try
        {
            using var answer = await _client.GetAsync(path);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
