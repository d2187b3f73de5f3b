using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Reads all recognitions that match a query, newest first, a page at a time. Each page is a query of its own that ends before its
/// entries are processed, so a slow receiver does not hold a read transaction, which would let the database's log grow.
/// </summary>
/// <remarks>The methods throw what those of <see cref="HistoryDatabase"/> throw.</remarks>
internal sealed class HistoryPages(HistoryDatabase database)
{
    /// <summary>Most entries of a page: a few megabytes.</summary>
    private const int PageEntries = 500;

    /// <summary>
    /// Reads the pages; some may be empty. Recognitions that are added meanwhile are not included; those that are deleted meanwhile
    /// may or may not be.
    /// </summary>
    /// <param name="query">The filters; its page does not matter.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        string? last = null;
        while (await ReadPageAsync(last, query, ct) is ({ } lowest, var entries))
        {
            yield return entries;
            last = lowest;
        }
    }

    /// <summary>Counts the stored segments of each recognition that has any.</summary>
    public Task<Dictionary<string, int>> CountSegmentsAsync(IReadOnlyList<string> recognitions, CancellationToken ct) =>
        database.ReadAsync(context => context.Segments.Where(segment => recognitions.Contains(segment.RecognitionId))
            .GroupBy(segment => segment.RecognitionId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, ct));

    /// <summary>Reads the stored segments of a recognition, in the order of its timeline.</summary>
    public Task<List<SegmentEntry>> ReadSegmentsAsync(string recognition, CancellationToken ct) => database.ReadAsync(context =>
        context.Segments.AsNoTracking().Where(segment => segment.RecognitionId == recognition)
            .OrderBy(segment => segment.Number).ToListAsync(ct));

    /// <summary>
    /// Filters the next entries in the order of their identifiers. The filters apply to that part only: with an index for a filter,
    /// SQLite would sort all matches for each page.
    /// </summary>
    /// <returns>The last identifier of the part, and the matches in it; null at the end.</returns>
    private Task<(string Lowest, IReadOnlyList<HistoryEntry> Entries)?> ReadPageAsync(
        string? last, HistoryQuery query, CancellationToken ct) =>
        database.ReadAsync<(string, IReadOnlyList<HistoryEntry>)?>(async context =>
        {
            var all = context.Recognitions.AsNoTracking();
            var part = (last is null ? all : all.Where(entry => string.Compare(entry.Id, last) < 0))
                .OrderByDescending(entry => entry.Id).Take(PageEntries);
            if (await part.Select(entry => entry.Id).MinAsync(ct) is not { } lowest)
                return null;
            // If an entry is deleted between the two queries, the part would reach into the next one.
            var entries = await part.Where(entry => string.Compare(entry.Id, lowest) >= 0).Matching(query)
                .OrderByDescending(entry => entry.Id).ToListAsync(ct);
            return (lowest, entries);
        });
}
