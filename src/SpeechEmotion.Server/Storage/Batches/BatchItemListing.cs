using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>Lists the items of batches with their outcomes.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class BatchItemListing(HistoryDatabase database)
{
    /// <summary>An item with its outcome, if there is one.</summary>
    private sealed class Pair
    {
        public required BatchItemEntry Item { get; init; }

        public BatchOutcomeEntry? Outcome { get; init; }
    }

    /// <summary>Returns the items that match a query, and the number of all that do.</summary>
    public Task<(IReadOnlyList<BatchItemRow> Items, int Total)> ListAsync(int batch, BatchItemQuery query, CancellationToken ct) =>
        database.ReadAsync<(IReadOnlyList<BatchItemRow>, int)>(async context =>
        {
            if (query is { IsUnfiltered: true, Order: BatchItemOrder.Number })
            {
                // The numbers have no gaps, so that no page needs to count those before it.
                var all = await context.Batches.Where(entry => entry.Id == batch).Select(entry => entry.Items).FirstOrDefaultAsync(ct);
                var (first, end) = query.Descending
                    ? (Math.Max(0L, (long)all - query.Offset - query.Limit), (long)all - query.Offset)
                    : (query.Offset, (long)query.Offset + query.Limit);
                var page = Pairs(context, batch).Where(pair => pair.Item.Number >= first && pair.Item.Number < end);
                return (await Rows(context, Sort(page, query)).ToListAsync(ct), all);
            }
            var found = Filter(Pairs(context, batch), query);
            var total = await found.CountAsync(ct);
            return (await Rows(context, Sort(found, query).Skip(query.Offset).Take(query.Limit)).ToListAsync(ct), total);
        });

    /// <summary>Returns an item with its result, or null if it does not exist.</summary>
    public Task<BatchItemRow?> FindAsync(int batch, int number, CancellationToken ct) => database.ReadAsync(async context =>
    {
        var row = await Rows(context, Pairs(context, batch).Where(pair => pair.Item.Number == number)).FirstOrDefaultAsync(ct);
        return row?.Succeeded != true ? row : row with
        {
            Document = await context.BatchOutcomes.Where(outcome => outcome.BatchId == batch && outcome.Number == number)
                .Select(outcome => outcome.Document).FirstOrDefaultAsync(ct),
        };
    });

    private static IQueryable<Pair> Pairs(HistoryContext context, int batch) =>
        from item in context.BatchItems.AsNoTracking()
        where item.BatchId == batch
        join outcome in context.BatchOutcomes
            on new { item.BatchId, item.Number } equals new { outcome.BatchId, outcome.Number } into outcomes
        from outcome in outcomes.DefaultIfEmpty()
        select new Pair { Item = item, Outcome = outcome };

    private static IQueryable<Pair> Filter(IQueryable<Pair> pairs, BatchItemQuery query)
    {
        pairs = query.State switch
        {
            BatchItemState.Pending => pairs.Where(pair => pair.Outcome == null),
            BatchItemState.Done => pairs.Where(pair => pair.Outcome!.Succeeded),
            BatchItemState.Failed => pairs.Where(pair => pair.Outcome != null && !pair.Outcome.Succeeded),
            _ => pairs,
        };
        if (query.Emotion is { } emotion)
            pairs = pairs.Where(pair => (pair.Outcome!.Dominant ?? pair.Outcome!.Emotion) == emotion);
        if (query.Code is { } code)
            pairs = pairs.Where(pair => pair.Outcome!.Code == code);
        if (query.MinConfidence is { } min)
            pairs = pairs.Where(pair => pair.Outcome!.Confidence >= min);
        if (query.MaxConfidence is { } max)
            pairs = pairs.Where(pair => pair.Outcome!.Confidence <= max);
        if (query.Name is { Length: > 0 } name)
        {
            pairs = pairs.Where(pair => EF.Functions.Like(
                LikePattern.Lower(pair.Item.Name), LikePattern.Containing(name), LikePattern.Escape));
        }
        return pairs;
    }

    private static IQueryable<Pair> Sort(IQueryable<Pair> pairs, BatchItemQuery query) => query.Order switch
    {
        BatchItemOrder.Name => By(pairs, pair => pair.Item.Name, query.Descending),
        BatchItemOrder.Emotion => ByResult(pairs, pair => pair.Outcome!.Dominant ?? pair.Outcome!.Emotion, query.Descending),
        BatchItemOrder.Confidence => ByResult(pairs, pair => pair.Outcome!.Share ?? pair.Outcome!.Confidence, query.Descending),
        BatchItemOrder.Duration => ByResult(pairs, pair => pair.Outcome!.Duration, query.Descending),
        _ => query.Descending ? pairs.OrderByDescending(pair => pair.Item.Number) : pairs.OrderBy(pair => pair.Item.Number),
    };

    private static IQueryable<Pair> By<T>(IQueryable<Pair> pairs, Expression<Func<Pair, T>> key, bool descending) =>
        (descending ? pairs.OrderByDescending(key) : pairs.OrderBy(key)).ThenBy(pair => pair.Item.Number);

    /// <summary>The same for a value that items without a result lack: the engines put those in different places.</summary>
    private static IQueryable<Pair> ByResult<T>(IQueryable<Pair> pairs, Expression<Func<Pair, T>> key, bool descending)
    {
        var isMissing = Expression.Lambda<Func<Pair, bool>>(
            Expression.Equal(key.Body, Expression.Constant(null, typeof(T))), key.Parameters);
        return (descending
            ? pairs.OrderBy(isMissing).ThenByDescending(key)
            : pairs.OrderByDescending(isMissing).ThenBy(key)).ThenBy(pair => pair.Item.Number);
    }

    private static IQueryable<BatchItemRow> Rows(HistoryContext context, IQueryable<Pair> pairs) => pairs.Select(pair => new BatchItemRow
    {
        Number = pair.Item.Number,
        Name = pair.Item.Name,
        Location = pair.Item.Location,
        Size = pair.Item.Size,
        Metadata = pair.Item.Metadata,
        Succeeded = (bool?)pair.Outcome!.Succeeded,
        Emotion = pair.Outcome!.Emotion,
        Dominant = pair.Outcome!.Dominant,
        Share = pair.Outcome!.Share,
        Secondary = pair.Outcome!.Secondary,
        Confidence = pair.Outcome!.Confidence,
        Duration = pair.Outcome!.Duration,
        Code = pair.Outcome!.Code,
        Message = pair.Outcome!.Message,
        MessageZh = pair.Outcome!.MessageZh,
        SameAs = context.BatchItems.Where(original => original.BatchId == pair.Item.BatchId && original.Number == pair.Outcome!.SameAs)
            .Select(original => original.Name).FirstOrDefault(),
    });
}
