using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Storage;

/// <summary>Registers the services of the history.</summary>
internal static class HistoryServices
{
    /// <summary>How long a caller waits for the lock of another program.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    /// <param name="services">The services.</param>
    /// <param name="durable">Whether each commit waits for the disk, so that a power failure loses none.</param>
    public static IServiceCollection AddHistory(this IServiceCollection services, bool durable = false) => services
        .AddPooledDbContextFactory<HistoryContext>((provider, options) => options
            .UseSqlite(new SqliteConnectionStringBuilder
            {
                DataSource = provider.GetRequiredService<ServerFolder>().Database,
                DefaultTimeout = (int)LockTimeout.TotalSeconds,
            }.ConnectionString)
            // A test compares the model with its migrations. At each start, that would take longer than creating the database.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .AddInterceptors(durable ? [] : [new RelaxedDurability()]))
        .AddSingleton<HistoryDatabase>().AddSingleton<RecognitionHistory>().AddSingleton<HistoryPages>().AddSingleton<HistoryCheck>()
        .AddSingleton<RecognitionFiles>().AddSingleton<WebhookStore>()
        .AddSingleton<BatchStore>().AddSingleton<OutcomeLookup>().AddSingleton<BatchIntake>().AddSingleton<ChunkLeases>()
        .AddSingleton<BatchSources>().AddSingleton<BatchItemListing>().AddSingleton<BatchFolders>()
        .AddSingleton<BatchDeletion>();
}
