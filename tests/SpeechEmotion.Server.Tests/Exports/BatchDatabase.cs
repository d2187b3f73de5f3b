using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Sqlite;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Exports;

/// <summary>A database with one batch, and a folder for its exports.</summary>
internal sealed class BatchDatabase : HistoryDatabase, IDisposable
{
    /// <summary>Identifier of the batch.</summary>
    public const int Id = 1;

    private readonly TemporaryFolder _folder = new();
    private readonly DbContextOptions<SqliteContext> _options;
    private int _items;

    private BatchDatabase() =>
        _options = new DbContextOptionsBuilder<SqliteContext>().UseSqlite($"Data Source={_folder.File("history.db")}").Options;

    /// <summary>The folder of the exports.</summary>
    public string Folder => _folder.File("export");

    /// <summary>Runs before each query.</summary>
    public Action? Querying { get; set; }

    public static async Task<BatchDatabase> CreateAsync(BatchOptions? options = null, params string[] columns)
    {
        var database = new BatchDatabase();
        await using var context = database.CreateContext();
        await SqliteSchema.MigrateAsync(context, CancellationToken.None);
        context.Add(new BatchEntry
        {
            Id = Id,
            Name = "Calls of <May> 五月",
            Created = 1_780_000_000_000,
            State = BatchState.Running,
            Options = JsonSerializer.Serialize(options ?? new(), BatchJsonContext.Default.BatchOptions),
            Columns = JsonSerializer.Serialize(columns),
        });
        await context.SaveChangesAsync();
        return database;
    }

    public override bool IsShared => false;

    public override Task OpenAsync(CancellationToken ct) => Task.CompletedTask;

    public override HistoryContext CreateContext() => new SqliteContext(_options);

    public override async Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read)
    {
        Querying?.Invoke();
        try
        {
            await using var context = CreateContext();
            return await read(context);
        }
        catch (Exception failure) when (SqliteFailure.Of(failure, _folder.File("history.db")) is { } known)
        {
            throw known;
        }
    }

    public override Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default) => ReadAsync(write);

    public override Task ProbeAsync(CancellationToken ct) => Task.CompletedTask;

    internal override Task<long> NowAsync(HistoryContext context, CancellationToken ct) => Task.FromResult(0L);

    /// <summary>Path of an exported file.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    public Task<string> TextAsync(string name) => System.IO.File.ReadAllTextAsync(File(name));

    /// <summary>Adds a recording with a result.</summary>
    public Task<int> AddAsync(
        string file, RealResult result, int? sameAs = null, params (string Key, string Value)[] metadata) => AddAsync(
        file, metadata, item => new()
        {
            BatchId = Id,
            Number = item,
            Succeeded = true,
            Emotion = result.Recognition.Emotion,
            Confidence = result.Recognition.Confidence,
            Duration = result.Recognition.Duration.TotalSeconds,
            Digest = result.Recognition.Provenance.Source?.Sha256,
            SameAs = sameAs,
            Completed = 1_780_000_001_000 + item,
            Document = result.Document,
            Embedding = result.Embedding,
        });

    /// <summary>Adds a recording with an error.</summary>
    public Task<int> AddFailureAsync(string file, string code = "audio.empty", params (string Key, string Value)[] metadata) => AddAsync(
        file, metadata, item => new()
        {
            BatchId = Id,
            Number = item,
            Succeeded = false,
            Code = code,
            Message = $"{file} is empty. Record it again.",
            MessageZh = $"{file} 是空的。请重新录制。",
            Completed = 1_780_000_001_000 + item,
        });

    /// <summary>Adds a recording without an outcome.</summary>
    public Task<int> AddPendingAsync(string file) => AddAsync(file, [], _ => null);

    /// <summary>Adds many recordings whose results are copies of real ones.</summary>
    public async Task AddManyAsync(int count, params RealResult[] results)
    {
        await using var context = CreateContext();
        var (cases, first) = ("", _items);
        object[] parameters = [Id, first, first + count - 1, .. results.Select(result => result.Document)];
        for (var i = 0; i < results.Length; i++)
            cases += $" WHEN {i} THEN {{{i + 3}}}";
        await context.Database.ExecuteSqlRawAsync(
            """
            WITH RECURSIVE numbers(n) AS (SELECT {1} UNION ALL SELECT n + 1 FROM numbers WHERE n < {2})
            INSERT INTO batch_items (BatchId, Number, Name, Location, Metadata, Pass)
            SELECT {0}, n, 'calls/' || n || '.wav', '/calls/' || n || '.wav', json_object('agent', 'agent ' || (n % 7)), 1 FROM numbers
            """, parameters);
#pragma warning disable EF1002 // The test itself provides the SQL.
        await context.Database.ExecuteSqlRawAsync(
            $$"""
            INSERT INTO batch_outcomes (BatchId, Number, Succeeded, Digest, Completed, Document)
            SELECT BatchId, Number, 1, hex(Number), 0, CASE Number % {{results.Length}} {{cases}} END FROM batch_items
            WHERE BatchId = {0} AND Number BETWEEN {1} AND {2}
            """, parameters);
#pragma warning restore EF1002
        _items += count;
    }

    /// <summary>Changes the database directly.</summary>
    public async Task ExecuteAsync(FormattableString sql)
    {
        await using var context = CreateContext();
        await context.Database.ExecuteSqlAsync(sql);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<int> AddAsync(string file, (string Key, string Value)[] metadata, Func<int, BatchOutcomeEntry?> outcome)
    {
        var item = _items++;
        await using var context = CreateContext();
        context.Add(new BatchItemEntry
        {
            BatchId = Id,
            Number = item,
            Name = file,
            Location = $"/recordings/{file}",
            Metadata = metadata.Length == 0 ? null : JsonSerializer.Serialize(metadata.ToDictionary(pair => pair.Key, pair => pair.Value)),
        });
        if (outcome(item) is { } entry)
            context.Add(entry);
        await context.SaveChangesAsync();
        return item;
    }
}
