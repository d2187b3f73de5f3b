namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Registers the engine that processes batches.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddBatchEngine(this IServiceCollection services) =>
        services.AddSingleton<InferenceTurns>().AddSingleton<ItemRunner>().AddSingleton<BlockedBatches>()
            .AddSingleton<ChunkSource>().AddSingleton<EngineParts>().AddSingleton<BatchEngine>();
}
