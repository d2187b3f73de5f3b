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
        // A server on every address is reached at each of them.
        Url = app.Urls.First().Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//[::]:", "//[::1]:", StringComparison.Ordinal);
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

    /// <summary>Starts a server with the small model.</summary>
    /// <param name="settings">Names and values of <see cref="ServerOptions"/>, for example ("Queue", "1"), ("Auth:0", "a:b").</param>
    /// <param name="model">Stands in for the small model; null for the real one.</param>
    /// <param name="output">Folder of all outputs; null for a new one that goes with the server.</param>
    /// <param name="configure">Replaces other services.</param>
    public static async Task<RunningServer> StartAsync(
        IEnumerable<(string Key, string Value)>? settings = null, Func<IEmotionModel>? model = null, string? output = null,
        Action<IServiceCollection>? configure = null)
    {
        var folder = output is null ? new TemporaryFolder() : null;
        output ??= folder!.File("outputs");
        var values = new Dictionary<string, string?> { ["Server:Port"] = "0", ["Server:Output"] = output, ["Server:Model"] = ModelCatalogue.Compact };
        foreach (var (key, value) in settings ?? [])
            values[$"Server:{key}"] = value;
        var app = SpeechEmotionServer.Build(values, services =>
        {
            if (model is not null)
                services.AddSingleton<RecognizerLoader>((_, _, _) => new EmotionRecognizer(model()));
            else if (!(settings ?? []).Any(setting => setting.Key is "Model" or "ModelDir" or "Precision" or "Device"))
                ShareModel(services);
            configure?.Invoke(services);
        });
        try
        {
            await app.StartAsync();
        }
        catch (Exception)
        {
            // What had started already must not go on in the folder of a test that is over: to dispose of it does not wait for it.
            await app.StopAsync();
            await app.DisposeAsync();
            folder?.Dispose();
            throw;
        }
        return new(app, folder, output);
    }

    /// <summary>Waits until the model has answered once.</summary>
    public async Task<RunningServer> ReadyAsync()
    {
        await _app.Services.GetRequiredService<RecognizerPool>().SettledAsync(CancellationToken.None);
        return this;
    }

    /// <summary>Sends a recording as a form and gives the answer, whatever it is.</summary>
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

    /// <summary>Sends a recording and gives its name, without waiting for the result.</summary>
    public async Task<string> SubmitAsync(byte[] recording, string name = "a.wav", params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(recording), "file", name } };
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/recognitions") { Content = form, Headers = { { "Prefer", "respond-async" } } };
        using var response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).GetProperty("id").GetString()!;
    }

    /// <summary>Waits until a recognition has come to its end.</summary>
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
        throw new TimeoutException($"{id} came to no end.");
    }

    /// <summary>Files in the folder of uploads.</summary>
    public string[] Uploads => Directory.GetFiles(Path.Combine(Output, ".ser", "uploads"));

    /// <summary>Names of the folders that are to be seen.</summary>
    public string[] Folders => [.. Directory.GetDirectories(Output).Select(folder => Path.GetFileName(folder)!).Where(name => name[0] != '.').Order()];

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? body = null) => Client.PostAsync(path, body);

    public Task<HttpResponseMessage> DeleteAsync(string path) => Client.DeleteAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead) =>
        Client.SendAsync(request, completion);

    /// <summary>The recognition as it stands.</summary>
    public async Task<JsonElement> RecognitionAsync(string id)
    {
        using var response = await Client.GetAsync($"/api/v1/recognitions/{id}");
        return await response.JsonAsync();
    }

    /// <summary>Waits until a recognition has reached a state.</summary>
    public Task StateAsync(string id, string state) =>
        Until.AsyncTrue(async () => (await RecognitionAsync(id)).GetProperty("state").GetString() == state);

    /// <summary>Stops it as Ctrl-C does.</summary>
    /// <param name="patience">When it is cancelled, the host waits no longer.</param>
    public Task StopAsync(CancellationToken patience = default) => _app.StopAsync(patience);

    /// <summary>Stops it as a host does that waits no longer.</summary>
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
            // Kestrel and the host say that they lost their patience.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopNowAsync();
        await _app.DisposeAsync();
        _folder?.Dispose();
    }

    private static void ShareModel(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(RecognizerLoader)).ImplementationFactory!;
        services.AddSingleton<RecognizerLoader>(provider =>
        {
            var load = (RecognizerLoader)own(provider);
            return (name, progress, ct) => name is null ? new(new SharedModel()) : load(name, progress, ct);
        });
    }
}
