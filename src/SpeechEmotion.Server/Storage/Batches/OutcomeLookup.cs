using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>Finds outcomes.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class OutcomeLookup(HistoryDatabase database)
{
    /// <summary>Returns the result that the model computed for the same bytes in the same batch, or null if there is none.</summary>
    public Task<BatchOutcomeEntry?> FindSameAsync(int batch, string digest, CancellationToken ct) => database.ReadAsync(
        context => context.BatchOutcomes.AsNoTracking()
            .Where(outcome => outcome.BatchId == batch && outcome.Digest == digest && outcome.Succeeded && outcome.SameAs == null)
            .OrderBy(outcome => outcome.Number).FirstOrDefaultAsync(ct));
}
