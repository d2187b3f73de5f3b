using Microsoft.Extensions.Options;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Cluster;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Telemetry;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server;

/// <summary>Composes the worker, which processes the recordings of servers that share their database with it.</summary>
public static class SpeechEmotionWorker
{
    /// <summary>The longest time that a stop waits for the running recordings.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(2);

    /// <summary>Builds the worker; it does not run yet.</summary>
    /// <param name="settings">Configuration values, which override all others.</param>
    /// <param name="scratch">A folder of its own for recordings that it fetches.</param>
    /// <param name="configure">Replaces services, for tests.</param>
    public static IHost Build(
        IReadOnlyDictionary<string, string?> settings, string scratch, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(TelemetryServices.Variables);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection(
        [
            new($"{ServerOptions.Section}:{nameof(ServerOptions.Output)}", scratch),
            // The server decides which addresses a batch may have.
            new($"{ServerOptions.Section}:{nameof(ServerOptions.AllowUrlInput)}", "true"),
        ]);
        builder.Configuration.AddInMemoryCollection(WrittenSettings.Read(builder.Configuration));
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsValidator>()
            .AddSingleton<IValidateOptions<ServerOptions>, WorkerOptionsValidator>();
        AddServices(builder.Services);
        builder.Services.AddTelemetry(builder.Configuration, isWorker: true);
        configure?.Invoke(builder.Services);
        return builder.Build();
    }

    private static void AddServices(IServiceCollection services)
    {
        services.Configure<HostOptions>(options => options.ShutdownTimeout = Drain);
        services.AddSingleton(TimeProvider.System)
            .AddSingleton(provider => new ServerFolder(provider.GetRequiredService<IOptions<ServerOptions>>(), isWorker: true))
            .AddServerLog(file: false).AddFiles().AddHistory().AddBroker().AddUploads();
        // With one thread for each recording, all cores are busy without waiting for each other; bench/NOTES.md has the figures.
        services.AddSingleton<RecognizerLoader>(
            provider => RecognizerLoaders.Of(provider.GetRequiredService<IOptions<ServerOptions>>().Value, threads: 1));
        services.AddSingleton(ModelStore.Default).AddSingleton(ModelSearch.Default).AddSingleton<MemoryBudget>()
            .AddSingleton<SharedModels>().AddSingleton<RecognizerPool>().AddBatchEngine();
        // The service registered last stops first: the engine before the model, and that before the lease.
        services.AddHostedService<WorkerStart>().AddReport().AddProgram().AddTickets()
            .AddHostedService(provider => provider.GetRequiredService<RecognizerPool>()).AddHostedService<ModelOffers>()
            .AddRecognitionQueue()
            .AddHostedService(provider => provider.GetRequiredService<BatchEngine>());
    }
}
