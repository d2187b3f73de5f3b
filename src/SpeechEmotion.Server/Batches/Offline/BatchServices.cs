using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Batches.Offline;

/// <summary>Composes the program that processes one batch: the engine and the database of the server, without its interfaces.</summary>
internal static class BatchServices
{
    /// <summary>The largest recording that is fetched, in megabytes.</summary>
    private const int MaxFetch = 2000;

    /// <summary>Creates the services.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="configure">Replaces services, for tests.</param>
    /// <exception cref="SpeechEmotion.Errors.SpeechEmotionException">The output folder is in use, or cannot be written.</exception>
    public static ServiceProvider Create(BatchRequest request, Action<IServiceCollection>? configure = null)
    {
        var options = new ServerOptions
        {
            Output = request.Output,
            Model = request.Options.Model,
            ModelDir = request.Options.ModelDirectory,
            Precision = request.Options.Precision,
            Device = request.Options.Device,
            AllowUrlInput = request.AllowUrls,
            MaxUpload = MaxFetch,
        };
        var services = new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System).AddSingleton(Microsoft.Extensions.Options.Options.Create(options))
            .AddSingleton<ServerFolder>().AddServerLog(console: false).AddFiles().AddHistory(durable: true).AddBroker().AddUploads()
            // With one thread for each recording, all cores are busy without waiting for each other; bench/NOTES.md has the figures.
            .AddSingleton(RecognizerLoaders.Of(options, threads: 1)).AddSingleton(ModelStore.Default)
            .AddSingleton(ModelSearch.Default).AddSingleton<SharedModels>().AddSingleton<RecognizerPool>().AddSingleton<MemoryBudget>()
            .AddBatchEngine().AddSingleton<BatchExport>().AddSingleton<BatchReader>().AddSingleton<BatchRun>();
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
