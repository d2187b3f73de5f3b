using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.History;

/// <summary>Registers the history.</summary>
internal static class HistoryServices
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddPooledDbContextFactory<HistoryContext>((provider, options) => options
            .UseSqlite($"Data Source={provider.GetRequiredService<ServerFolder>().Database}")
            .AddInterceptors(new RelaxedDurability()))
        .AddSingleton<RecognitionHistory>();
}
