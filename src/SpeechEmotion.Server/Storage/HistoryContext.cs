using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage;

/// <summary>The database of the history. A change to the model needs a migration (CONTRIBUTING.md).</summary>
public sealed class HistoryContext(DbContextOptions<HistoryContext> options) : DbContext(options)
{
    /// <summary>All recognitions.</summary>
    public DbSet<HistoryEntry> Recognitions => Set<HistoryEntry>();

    /// <summary>The segments of all timelines.</summary>
    public DbSet<SegmentEntry> Segments => Set<SegmentEntry>();

    /// <summary>The recent idempotency keys.</summary>
    public DbSet<IdempotencyEntry> Keys => Set<IdempotencyEntry>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var entry = modelBuilder.Entity<HistoryEntry>();
        entry.ToTable("recognitions").HasKey(e => e.Id);
        entry.HasIndex(e => e.Created);
        entry.HasIndex(e => e.State);
        // Only the backfill uses this index, so it covers only the entries that the backfill must process.
        entry.HasIndex(e => e.SegmentsStored).HasFilter("\"SegmentsStored\" = 0");
        var segment = modelBuilder.Entity<SegmentEntry>();
        segment.ToTable("segments").HasKey(e => new { e.RecognitionId, e.Number });
        segment.HasOne<HistoryEntry>().WithMany().HasForeignKey(e => e.RecognitionId).OnDelete(DeleteBehavior.Cascade);
        var key = modelBuilder.Entity<IdempotencyEntry>();
        key.ToTable("idempotency_keys").HasKey(e => new { e.Scope, e.Key });
        key.HasIndex(e => e.RecognitionId);
        key.HasIndex(e => e.Created);
    }
}
