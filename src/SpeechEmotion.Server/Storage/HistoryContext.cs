using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage;

/// <summary>The history's database.</summary>
public sealed class HistoryContext(DbContextOptions<HistoryContext> options) : DbContext(options)
{
    /// <summary>All recognitions.</summary>
    public DbSet<HistoryEntry> Recognitions => Set<HistoryEntry>();

    /// <summary>The idempotency keys of the last hours.</summary>
    public DbSet<IdempotencyEntry> Keys => Set<IdempotencyEntry>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var entry = modelBuilder.Entity<HistoryEntry>();
        entry.ToTable("recognitions").HasKey(e => e.Id);
        entry.HasIndex(e => e.Created);
        entry.HasIndex(e => e.State);
        var key = modelBuilder.Entity<IdempotencyEntry>();
        key.ToTable("idempotency_keys").HasKey(e => new { e.Scope, e.Key });
        key.HasIndex(e => e.RecognitionId);
        key.HasIndex(e => e.Created);
    }
}
