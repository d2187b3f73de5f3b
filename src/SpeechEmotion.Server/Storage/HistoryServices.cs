using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Storage;

/// <summary>Registers the services of the history.</summary>
internal static class HistoryServices
{
    /// <summary>Seconds to wait for another program's lock; the caller waits as well.</summary>
    private const int LockSeconds = 5;

    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddPooledDbContextFactory<HistoryContext>((provider, options) => options
            .UseSqlite(new SqliteConnectionStringBuilder
            {
                DataSource = provider.GetRequiredService<ServerFolder>().Database,
                DefaultTimeout = LockSeconds,
            }.ConnectionString)
            .AddInterceptors(new RelaxedDurability()))
        .AddSingleton<RecognitionHistory>().AddSingleton<HistoryCheck>().AddSingleton<RecognitionFiles>();
}
