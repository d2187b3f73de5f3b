namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Registers the engine that processes batches.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddBatchEngine(this IServiceCollection services) =>
        // The command that processes one batch has no host, which would add them.
        services.AddMetrics().AddSingleton<MeasuredInference>().AddSingleton<ItemMetrics>()
            .AddSingleton<InferenceTurns>().AddSingleton<ItemRunner>().AddSingleton<BlockedBatches>()
            .AddSingleton<ChunkSource>().AddSingleton<EngineParts>().AddSingleton<BatchEngine>();
}
