using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Batches;

/// <summary>Composes the program that processes one batch: the engine and the database of the server, without its interfaces.</summary>
internal static class BatchServices
{
    /// <summary>Creates the services.</summary>
    /// <exception cref="SpeechEmotion.Errors.SpeechEmotionException">The output folder is in use, or cannot be written.</exception>
    public static ServiceProvider Create(BatchRequest request)
    {
        var options = new ServerOptions
        {
            Output = request.Output,
            Model = request.Options.Model,
            ModelDir = request.Options.ModelDirectory,
            Precision = request.Options.Precision,
            Device = request.Options.Device,
        };
        return new ServiceCollection()
            .AddLogging().AddSingleton(TimeProvider.System).AddSingleton(Microsoft.Extensions.Options.Options.Create(options))
            .AddSingleton<ServerFolder>().AddServerLog(console: false).AddHistory(durable: true)
            // With one thread for each recording, all cores are busy without waiting for each other; bench/NOTES.md has the figures.
            .AddSingleton(RecognizerLoaders.Of(options, threads: 1)).AddSingleton(ModelSearch.Default)
            .AddSingleton<RecognizerPool>().AddSingleton<MemoryBudget>()
            .AddBatchEngine().AddSingleton<BatchExport>().AddSingleton<BatchReader>().AddSingleton<BatchRun>()
            .BuildServiceProvider();
    }
}
