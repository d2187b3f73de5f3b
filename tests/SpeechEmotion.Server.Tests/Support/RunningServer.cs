using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A real server on a real port, with an output folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder? _folder;

    private RunningServer(WebApplication app, TemporaryFolder? folder, string output)
    {
        (_app, _folder, Output) = (app, folder, output);
        // A server that listens on all addresses is also reachable on loopback.
        Url = app.Urls.First()
            .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//[::]:", "//[::1]:", StringComparison.Ordinal);
        Client = new(new ContractHandler(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true }))
        {
            BaseAddress = new(Url),
            Timeout = TimeSpan.FromMinutes(2),
        };
    }

    public string Url { get; }

    /// <summary>The folder of all outputs.</summary>
    public string Output { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server with the compact model.</summary>
    /// <param name="settings">Names and values of <see cref="ServerOptions"/>, for example ("Queue", "1"), ("Auth:0", "a:b").</param>
    /// <param name="model">Creates a replacement of the compact model; null for the model itself.</param>
    /// <param name="output">Folder of all outputs; null for a new one that is deleted with the server.</param>
    /// <param name="configure">Replaces other services.</param>
    public static async Task<RunningServer> StartAsync(
        IEnumerable<(string Key, string Value)>? settings = null, Func<IEmotionModel>? model = null, string? output = null,
        Action<IServiceCollection>? configure = null)
    {
        var folder = output is null ? new TemporaryFolder() : null;
        output ??= folder!.File("outputs");
        var values = new Dictionary<string, string?>
        {
            ["Server:Port"] = "0",
            ["Server:Output"] = output,
            ["Server:Model"] = ModelCatalogue.Compact,
        };
        if (await SharedPostgres.OfAsync(output) is { } database)
            values["Server:Database"] = database;
        foreach (var (key, value) in settings ?? [])
            values[$"Server:{key}"] = value;
        var app = SpeechEmotionServer.Build(values, services =>
        {
            if (model is not null)
                services.AddSingleton<RecognizerLoader>((_, _, _) => new EmotionRecognizer(model()));
            else if (!(settings ?? []).Any(setting => setting.Key is "Model" or "ModelDir" or "Precision" or "Device"))
                SharedModel.Share(services);
            configure?.Invoke(services);
        });
        try
        {
            await app.StartAsync();
        }
        catch (Exception)
        {
            // Services that have started must not keep using the folder after the test: disposing does not wait for them,
            // stopping does.
            await app.StopAsync();
            await app.DisposeAsync();
            folder?.Dispose();
            throw;
        }
        return new(app, folder, output);
    }

    /// <summary>Waits until the model is ready or has failed.</summary>
    public async Task<RunningServer> ReadyAsync()
    {
        await _app.Services.GetRequiredService<RecognizerPool>().SettledAsync(CancellationToken.None);
        return this;
    }

    /// <summary>
    /// Sends a recording as a form and returns the response, whatever its status. Fields with a hyphen in their name are headers.
    /// </summary>
    public async Task<HttpResponseMessage> PostAsync(byte[] recording, string name, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields.Where(pair => !pair.Name.Contains('-', StringComparison.Ordinal)))
            form.Add(new StringContent(value), field);
        form.Add(new ByteArrayContent(recording), "file", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions") { Content = form };
        foreach (var (header, value) in fields.Where(pair => pair.Name.Contains('-', StringComparison.Ordinal)))
            request.Headers.Add(header, value);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseContentRead);
    }

    /// <summary>Sends a recording and returns the id of its recognition without waiting for the result.</summary>
    public async Task<string> SubmitAsync(byte[] recording, string name = "a.wav", params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(recording), "file", name } };
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions")
        {
            Content = form,
            Headers = { { "Prefer", "respond-async" } },
        };
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).GetProperty("id").GetString()!;
    }

    /// <summary>Waits until a recognition has ended.</summary>
    public async Task<JsonElement> EndAsync(string id)
    {
        for (var tries = 0; tries < 3000; tries++)
        {
            using var response = await Client.GetAsync($"/api/v1/recognitions/{id}");
            var json = await response.JsonAsync();
            if (json.GetProperty("state").GetString() is "done" or "failed" or "cancelled")
                return json;
            await Task.Delay(20);
        }
        throw new TimeoutException($"{id} did not end.");
    }

    /// <summary>Files in the upload folder.</summary>
    public string[] Uploads => Directory.GetFiles(Path.Combine(Output, ".ser", "uploads"));

    /// <summary>Names of the visible output folders.</summary>
    public string[] Folders =>
        [.. Directory.GetDirectories(Output).Select(folder => Path.GetFileName(folder)!).Where(name => name[0] != '.').Order()];

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? body = null) => Client.PostAsync(path, body);

    public Task<HttpResponseMessage> DeleteAsync(string path) => Client.DeleteAsync(path);

    public Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead) =>
        Client.SendAsync(request, completion);

    /// <summary>Gets the current state of a recognition.</summary>
    public async Task<JsonElement> RecognitionAsync(string id)
    {
        using var response = await Client.GetAsync($"/api/v1/recognitions/{id}");
        return await response.JsonAsync();
    }

    /// <summary>Waits until a recognition has reached a state.</summary>
    public Task StateAsync(string id, string state) =>
        Until.AsyncTrue(async () => (await RecognitionAsync(id)).GetProperty("state").GetString() == state);

    /// <summary>Stops the server as Ctrl-C does.</summary>
    /// <param name="patience">Makes the host stop waiting.</param>
    public Task StopAsync(CancellationToken patience = default) => _app.StopAsync(patience);

    /// <summary>Stops the server as a host does that does not wait.</summary>
    public async Task StopNowAsync()
    {
        using var patience = new CancellationTokenSource();
        var stop = _app.StopAsync(patience.Token);
        await patience.CancelAsync();
        try
        {
            await stop;
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            // Kestrel and the host report that the wait was cancelled.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopNowAsync();
        await _app.DisposeAsync();
        _folder?.Dispose();
    }
}
