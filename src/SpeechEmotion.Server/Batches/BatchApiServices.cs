using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>Registers the batches of the server.</summary>
internal static class BatchApiServices
{
    public static IServiceCollection AddBatches(this IServiceCollection services) => services
        .AddBatchEngine().AddHostedService(provider => provider.GetRequiredService<BatchEngine>())
        .AddSingleton<SourceReading>().AddHostedService(provider => provider.GetRequiredService<SourceReading>())
        .AddHostedService(provider => provider.GetRequiredService<BatchDeletion>())
        .AddSingleton<BatchCreation>().AddSingleton<BatchAudio>()
        .AddSingleton<BatchViews>().AddSingleton<BatchExport>().AddSingleton<BatchDownload>()
        .AddJson(BatchApiJsonContext.Default);
}
