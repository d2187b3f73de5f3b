using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Webhooks;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A new database with batches, in a folder of its own.</summary>
internal sealed class BatchDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    private readonly TimeProvider _time;

    private BatchDatabase(TimeProvider time, string? address)
    {
        _time = time;
        _services = new ServiceCollection()
            .AddLogging().AddSingleton(time)
            .AddSingleton(Microsoft.Extensions.Options.Options.Create(new ServerOptions { Output = _folder.Path, Database = address }))
            .AddSingleton<ServerFolder>().AddFiles().AddHistory().AddSingleton<DiskBudget>().BuildServiceProvider();
    }

    public BatchStore Batches => _services.GetRequiredService<BatchStore>();

    public BatchDeletion Deletion => _services.GetRequiredService<BatchDeletion>();

    public BatchIntake Intake => _services.GetRequiredService<BatchIntake>();

    public ChunkLeases Leases => _services.GetRequiredService<ChunkLeases>();

    public BatchSources Sources => _services.GetRequiredService<BatchSources>();

    public BatchFolders Folders => _services.GetRequiredService<BatchFolders>();

    public OutcomeLookup Outcomes => _services.GetRequiredService<OutcomeLookup>();

    public WebhookStore Webhooks => _services.GetRequiredService<WebhookStore>();

    public HistoryDatabase Database => _services.GetRequiredService<HistoryDatabase>();

    public RecognitionFiles Files => _services.GetRequiredService<RecognitionFiles>();

    public ServerFolder Server => _services.GetRequiredService<ServerFolder>();

    public string Folder => _folder.Path;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<BatchDatabase> CreateAsync(TimeProvider? time = null, DatabaseEngine engine = DatabaseEngine.Sqlite) =>
        await OpenAsync(engine == DatabaseEngine.PostgreSql ? await SharedPostgres.CreateAsync() : null, time);

    /// <summary>Opens a database in PostgreSQL as another program of an installation does; null for a new one in SQLite.</summary>
    public static async Task<BatchDatabase> OpenAsync(string? address, TimeProvider? time = null)
    {
        var database = new BatchDatabase(time ?? TimeProvider.System, address);
        await database.Database.OpenAsync(Ct);
        return database;
    }

    /// <summary>Lets time pass, also for the leases, which PostgreSQL measures with its own clock.</summary>
    public async Task AdvanceAsync(TimeSpan span)
    {
        ((ManualTime)_time).Advance(span);
        if (Database.IsShared)
        {
            await Database.WriteAsync(context => context.BatchChunks.ExecuteUpdateAsync(
                chunk => chunk.SetProperty(c => c.LeasedUntil, c => c.LeasedUntil - (long)span.TotalMilliseconds), Ct), Ct);
        }
    }

    /// <summary>Creates a batch with recordings <c>0.wav</c>, <c>1.wav</c>, ... that do not exist.</summary>
    public async Task<int> BatchAsync(int items, int priority = 0, string name = "batch")
    {
        var batch = await Batches.CreateAsync(name, new BatchOptions(), priority, Ct);
        await Intake.AddAsync(batch.Id, [.. Enumerable.Range(0, items).Select(i => Item($"{i}.wav"))], Ct);
        return batch.Id;
    }

    public static SourceItem Item(string name, long size = 1, long modified = 1) =>
        new(name, "/recordings/" + name) { Size = size, Modified = modified };

    public static BatchOutcomeEntry Result(int batch, int item, string? digest = null) => new()
    {
        BatchId = batch,
        Number = item,
        Succeeded = true,
        Emotion = Results.Emotion.Happy,
        Confidence = 0.5f,
        Duration = 2,
        Digest = digest,
        Completed = 1,
        Document = "{}",
    };

    public static BatchOutcomeEntry Error(int batch, int item, string code = "audio.damaged") => new()
    {
        BatchId = batch,
        Number = item,
        Succeeded = false,
        Code = code,
        Message = "Damaged.",
        MessageZh = "已损坏。",
        Completed = 1,
    };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
