using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A real worker in this process, with a temporary folder of its own.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private readonly IHost _host;
    private Task? _stopped;

    private RunningWorker(
        string database, string files, IEnumerable<(string Key, string Value)> settings, Action<IServiceCollection>? configure)
    {
        var values = new Dictionary<string, string?>
        {
            ["Server:Database"] = database,
            ["Server:Files"] = files,
            ["Server:Model"] = ModelCatalogue.Compact,
        };
        foreach (var (key, value) in settings)
            values[$"Server:{key}"] = value;
        _host = SpeechEmotionWorker.Build(values, _scratch.Path, configure ?? SharedModel.Share);
    }

    public IServiceProvider Services => _host.Services;

    /// <summary>The folder of the recordings that it fetches.</summary>
    public string Scratch => _scratch.Path;

    /// <summary>Starts a worker.</summary>
    /// <param name="database">Address of the database.</param>
    /// <param name="files">The output folder of its server, or a bucket.</param>
    /// <param name="settings">Names and values of further settings.</param>
    /// <param name="configure">Replaces services; null for the model that the tests share.</param>
    public static async Task<RunningWorker> StartAsync(
        string database, string files, IEnumerable<(string Key, string Value)>? settings = null,
        Action<IServiceCollection>? configure = null)
    {
        var worker = new RunningWorker(database, files, settings ?? [], configure);
        try
        {
            await worker._host.StartAsync();
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets it finish its recordings, as SIGTERM does.</summary>
    public Task StopAsync() => _stopped ??= _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _host.Dispose();
        _scratch.Dispose();
    }
}
