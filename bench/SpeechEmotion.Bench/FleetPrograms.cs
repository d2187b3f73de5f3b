using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Events;
using SpeechEmotion.Server;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Bench;

/// <summary>A server and many workers in this process, as they run on many machines, but with <see cref="FleetModel"/>.</summary>
internal sealed class FleetPrograms : IAsyncDisposable
{
    /// <summary>Workers that start or stop at once.</summary>
    private const int Group = 10;

    private readonly WebApplication _server;
    private readonly List<IHost> _workers = [];
    private readonly List<FleetModel> _models = [];

    private FleetPrograms(WebApplication server) => _server = server;

    /// <summary>The services of the server, which processes no batches.</summary>
    public IServiceProvider Server => _server.Services;

    /// <summary>Number of recordings that all models have processed.</summary>
    public long Runs => _models.Sum(model => (long)model.Runs);

    /// <summary>Starts all.</summary>
    /// <param name="folder">A folder for the files of all.</param>
    /// <param name="settings">Where the database is, and perhaps the broker.</param>
    /// <param name="workers">Number of workers.</param>
    /// <param name="model">Creates the model of a program.</param>
    public static async Task<FleetPrograms> StartAsync(
        string folder, IReadOnlyDictionary<string, string?> settings, int workers, Func<FleetModel> model)
    {
        var all = new Dictionary<string, string?>(settings)
        {
            ["Server:Files"] = Path.Combine(folder, "files"),
            ["Server:Model"] = "fleet",
        };
        var server = SpeechEmotionServer.Build(
            new Dictionary<string, string?>(all)
            {
                ["Server:Output"] = Path.Combine(folder, "server"),
                ["Server:Port"] = "0",
                ["Server:NoBatches"] = "true",
            },
            services => Replace(services, model()));
        var programs = new FleetPrograms(server);
        try
        {
            await server.StartAsync();
            for (var i = 0; i < workers; i++)
            {
                var (scratch, own) = (Directory.CreateDirectory(Path.Combine(folder, $"worker-{i}")).FullName, model());
                programs._models.Add(own);
                programs._workers.Add(SpeechEmotionWorker.Build(all, scratch, services => Replace(services, own)));
            }
            foreach (var group in programs._workers.Chunk(Group))
                await Task.WhenAll(group.Select(worker => worker.StartAsync()));
        }
        catch
        {
            await programs.DisposeAsync();
            throw;
        }
        return programs;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var group in _workers.Chunk(Group))
        {
            await Task.WhenAll(group.Select(worker => worker.StopAsync()));
            foreach (var worker in group)
                worker.Dispose();
        }
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private static void Replace(IServiceCollection services, FleetModel model) => services
        .AddSingleton<RecognizerLoader>((_, _, _) => new EmotionRecognizer(model))
        // Each worker says that it is ready.
        .AddSerilog(
            (_, log) => log.MinimumLevel.Warning().MinimumLevel.Override("Microsoft", LogEventLevel.Error)
                .WriteTo.Console(new SeedLogFormatter()),
            preserveStaticLogger: true);
}
