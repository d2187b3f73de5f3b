using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Logins;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Storage.PostgreSql;
using SpeechEmotion.Server.Storage.Programs;
using SpeechEmotion.Server.Storage.Sqlite;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Storage;

/// <summary>Registers the services of the history.</summary>
internal static class HistoryServices
{
    /// <param name="services">The services.</param>
    /// <param name="durable">Whether SQLite waits for the disk at each commit, so that a power failure loses none.</param>
    public static IServiceCollection AddHistory(this IServiceCollection services, bool durable = false) => services
        .AddSingleton(provider => Open(provider, durable))
        .AddSingleton<Drain>().AddSingleton<ProgramLease>().AddSingleton<ProgramDirectory>().AddSingleton<WorkSurvey>()
        .AddSingleton<RecognitionLeases>().AddSingleton<NoticeBoard>().AddSingleton<LoginStore>()
        .AddSingleton<InstallationCheck>().AddSingleton<RecognitionHistory>().AddSingleton<HistoryPages>().AddSingleton<HistoryCheck>()
        .AddSingleton<RecognitionFiles>().AddSingleton<WebhookStore>()
        .AddSingleton<BatchStore>().AddSingleton<OutcomeLookup>().AddSingleton<BatchIntake>().AddSingleton<ChunkLeases>()
        .AddSingleton<BatchSources>().AddSingleton<BatchItemListing>().AddSingleton<BatchFolders>()
        .AddSingleton<BatchDeletion>();

    /// <summary>Lets the program take part among those that share its database. It starts after the database was opened.</summary>
    public static IServiceCollection AddProgram(this IServiceCollection services) => services
        .AddHostedService(provider => provider.GetRequiredService<ProgramLease>())
        .AddHostedService(provider => provider.GetRequiredService<NoticeBoard>());

    private static HistoryDatabase Open(IServiceProvider provider, bool durable)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        return provider.GetRequiredService<IOptions<ServerOptions>>().Value.Database is { } name
            && PostgresAddress.TryParse(name, out var address)
                ? new PostgresDatabase(address, time)
                : new SqliteDatabase(provider.GetRequiredService<ServerFolder>(), time, durable);
    }
}
