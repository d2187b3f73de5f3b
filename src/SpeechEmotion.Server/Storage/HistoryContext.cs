using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Logins;
using SpeechEmotion.Server.Storage.Programs;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// The database of the history, the same in each engine. A change to the model needs a migration for each (CONTRIBUTING.md).
/// </summary>
public abstract class HistoryContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>All recognitions.</summary>
    public DbSet<HistoryEntry> Recognitions => Set<HistoryEntry>();

    /// <summary>The segments of all timelines.</summary>
    public DbSet<SegmentEntry> Segments => Set<SegmentEntry>();

    /// <summary>The recent idempotency keys.</summary>
    public DbSet<IdempotencyEntry> Keys => Set<IdempotencyEntry>();

    /// <summary>All batches.</summary>
    public DbSet<BatchEntry> Batches => Set<BatchEntry>();

    /// <summary>The folders, archives and manifests of all batches.</summary>
    public DbSet<BatchSourceEntry> BatchSources => Set<BatchSourceEntry>();

    /// <summary>The recordings of all batches.</summary>
    public DbSet<BatchItemEntry> BatchItems => Set<BatchItemEntry>();

    /// <summary>The chunks of all batches.</summary>
    public DbSet<BatchChunkEntry> BatchChunks => Set<BatchChunkEntry>();

    /// <summary>The outcomes of all items.</summary>
    public DbSet<BatchOutcomeEntry> BatchOutcomes => Set<BatchOutcomeEntry>();

    /// <summary>The events for receivers, with their deliveries.</summary>
    public DbSet<WebhookEntry> Webhooks => Set<WebhookEntry>();

    /// <summary>The one row that connects the database with its files.</summary>
    public DbSet<Installation> Installations => Set<Installation>();

    /// <summary>The servers and workers.</summary>
    public DbSet<ProgramEntry> Programs => Set<ProgramEntry>();

    /// <summary>The open logins.</summary>
    public DbSet<LoginEntry> Logins => Set<LoginEntry>();

    /// <summary>The condition that a recognition's segments are not stored, as SQL.</summary>
    private protected abstract string LacksSegments { get; }

    /// <summary>Inserts items as part of the transaction, faster than EF Core: a batch may have a million.</summary>
    internal abstract Task InsertAsync(IReadOnlyList<BatchItemEntry> items, CancellationToken ct);

    /// <summary>Lets one program at a time add the row that connects the database with its files.</summary>
    internal abstract Task LockNewInstallationAsync(CancellationToken ct);

    /// <summary>Continues the numbers of new batches after those that were inserted with their numbers.</summary>
    internal abstract Task ContinueNumbersAsync(CancellationToken ct);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDbFunction(() => LikePattern.Lower(default!)).HasName("lower").IsBuiltIn();
        var installation = modelBuilder.Entity<Installation>();
        installation.ToTable("installation").HasKey(e => e.Id);
        installation.Property(e => e.Id).ValueGeneratedNever();
        modelBuilder.Entity<LoginEntry>().ToTable("logins").HasKey(e => e.Key);
        modelBuilder.Entity<ProgramEntry>().ToTable("programs").HasKey(e => e.Name);
        var entry = modelBuilder.Entity<HistoryEntry>();
        entry.ToTable("recognitions").HasKey(e => e.Id);
        entry.HasIndex(e => e.Created);
        entry.HasIndex(e => e.State);
        // Only the backfill uses this index, so it covers only the entries that the backfill must process.
        entry.HasIndex(e => e.SegmentsStored).HasFilter(LacksSegments);
        var segment = modelBuilder.Entity<SegmentEntry>();
        segment.ToTable("segments").HasKey(e => new { e.RecognitionId, e.Number });
        segment.HasOne<HistoryEntry>().WithMany().HasForeignKey(e => e.RecognitionId).OnDelete(DeleteBehavior.Cascade);
        var key = modelBuilder.Entity<IdempotencyEntry>();
        key.ToTable("idempotency_keys").HasKey(e => new { e.Scope, e.Key });
        key.HasIndex(e => e.RecognitionId);
        key.HasIndex(e => e.Created);
        CreateBatches(modelBuilder);
        var webhook = modelBuilder.Entity<WebhookEntry>();
        webhook.ToTable("webhook_deliveries").HasKey(e => e.Id);
        webhook.HasIndex(e => new { e.State, e.Due });
        webhook.HasIndex(e => e.Subject);
    }

    private static void CreateBatches(ModelBuilder modelBuilder)
    {
        var batch = modelBuilder.Entity<BatchEntry>();
        batch.ToTable("batches").HasKey(e => e.Id);
        batch.HasIndex(e => e.Key).IsUnique();
        // Each look for work visits the running batches, not those of the last years.
        batch.HasIndex(e => e.State).HasFilter("\"State\" = 0");
        batch.HasQueryFilter(e => e.State != BatchState.Deleted);
        var source = modelBuilder.Entity<BatchSourceEntry>();
        source.ToTable("batch_sources").HasKey(e => new { e.BatchId, e.Number });
        source.HasOne<BatchEntry>().WithMany().HasForeignKey(e => e.BatchId).OnDelete(DeleteBehavior.Cascade);
        var item = modelBuilder.Entity<BatchItemEntry>();
        item.ToTable("batch_items").HasKey(e => new { e.BatchId, e.Number });
        item.HasIndex(e => new { e.BatchId, e.Name }).IsUnique();
        item.HasOne<BatchEntry>().WithMany().HasForeignKey(e => e.BatchId).OnDelete(DeleteBehavior.Cascade);
        var chunk = modelBuilder.Entity<BatchChunkEntry>();
        chunk.ToTable("batch_chunks").HasKey(e => new { e.BatchId, e.Number });
        chunk.HasIndex(e => new { e.BatchId, e.First });
        chunk.ComplexProperty(e => e.Emotions);
        // The search for work visits only chunks in the states that it names.
        chunk.HasIndex(e => new { e.BatchId, e.State, e.Number });
        // For the renewal of leases.
        chunk.HasIndex(e => e.Worker).HasFilter("\"State\" = 1");
        // An index of the outcomes would take hours to create in a large installation.
        chunk.HasIndex(e => e.GaveUp).HasFilter("\"GaveUp\"");
        chunk.HasOne<BatchEntry>().WithMany().HasForeignKey(e => e.BatchId).OnDelete(DeleteBehavior.Cascade);
        var outcome = modelBuilder.Entity<BatchOutcomeEntry>();
        outcome.ToTable("batch_outcomes").HasKey(e => new { e.BatchId, e.Number });
        // SQLite uses a partial index only if the query repeats its filter as EF Core writes it; BatchQueryPlanTests has the queries.
        outcome.HasIndex(e => new { e.BatchId, e.Digest, e.Number }).HasFilter("\"SameAs\" IS NULL");
        outcome.HasIndex(e => new { e.BatchId, e.SameAs }).HasFilter("\"SameAs\" IS NOT NULL");
        outcome.HasIndex(e => new { e.BatchId, e.Number }, "IX_batch_outcomes_failed").HasFilter("NOT (\"Succeeded\")");
        outcome.HasOne<BatchEntry>().WithMany().HasForeignKey(e => e.BatchId).OnDelete(DeleteBehavior.Cascade);
    }
}
