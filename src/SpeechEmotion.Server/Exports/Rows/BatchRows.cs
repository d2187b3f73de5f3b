using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>
/// Reads the recordings of a batch in order, a page at a time. Each page is a query of its own that ends before its rows are
/// processed, so a slow receiver does not hold a read transaction, which would let the database's log grow.
/// </summary>
internal sealed class BatchRows(HistoryDatabase database)
{
    /// <summary>Most rows of a page.</summary>
    private const int PageRows = 500;

    /// <summary>A page ends early at this memory: results by frames are megabytes each.</summary>
    private const long PageBytes = 8 << 20;

    /// <summary>Reads the batch itself.</summary>
    /// <exception cref="Http.RequestException"><c>batch.not_found</c>, <c>batch.damaged</c>, or an error of the history.</exception>
    public async Task<ExportedBatch> FindAsync(int batch, CancellationToken ct)
    {
        var entry = await database.ReadAsync(
            context => context.Batches.AsNoTracking().SingleOrDefaultAsync(entry => entry.Id == batch, ct));
        return ExportedBatch.Of(entry ?? throw ExportErrors.NotFound(batch));
    }

    /// <summary>Reads all recordings, also pending ones. Those that are added meanwhile may or may not be included.</summary>
    /// <param name="batch">Identifier of the batch.</param>
    /// <param name="embeddings">Whether to read the embeddings.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="Http.RequestException"><c>batch.damaged</c>, or an error of the history.</exception>
    public async IAsyncEnumerable<BatchRow> ReadAsync(int batch, bool embeddings, [EnumeratorCancellation] CancellationToken ct)
    {
        var answers = new AnswerReader();
        var last = -1;
        while (await PageAsync(batch, last, embeddings, ct) is { Count: > 0 } page)
        {
            foreach (var row in page)
                yield return Parse(row, answers);
            last = page[^1].Item;
        }
    }

    private Task<List<StoredRow>> PageAsync(int batch, int last, bool embeddings, CancellationToken ct) => database.ReadAsync(
        async context =>
        {
            var (page, size) = (new List<StoredRow>(PageRows), 0L);
            await foreach (var row in Query(context, batch, last, embeddings).AsAsyncEnumerable().WithCancellation(ct))
            {
                page.Add(row);
                size += row.Size;
                if (size >= PageBytes)
                    break;
            }
            return page;
        });

    private static IQueryable<StoredRow> Query(HistoryContext context, int batch, int last, bool embeddings) => (
        from item in context.BatchItems
        where item.BatchId == batch && item.Number > last
        join outcome in context.BatchOutcomes
            on new { item.BatchId, item.Number } equals new { outcome.BatchId, outcome.Number } into outcomes
        from outcome in outcomes.DefaultIfEmpty()
        join original in context.BatchItems
            on new { item.BatchId, Number = outcome.SameAs } equals new { original.BatchId, Number = (int?)original.Number } into originals
        from original in originals.DefaultIfEmpty()
        orderby item.Number
        select new StoredRow
        {
            Item = item.Number,
            File = item.Name,
            Metadata = item.Metadata,
            Succeeded = (bool?)outcome.Succeeded,
            Code = outcome.Code,
            Message = outcome.Message,
            MessageZh = outcome.MessageZh,
            Digest = outcome.Digest,
            SameAs = outcome.SameAs,
            SameAsFile = original.Name,
            Document = outcome.Document,
            Embedding = embeddings ? outcome.Embedding : null,
        }).Take(PageRows);

    private static BatchRow Parse(StoredRow row, AnswerReader answers)
    {
        try
        {
            var document = row is { Succeeded: true, Document: { } text } ? Encoding.UTF8.GetBytes(text) : [];
            return new()
            {
                Item = row.Item,
                File = row.File,
                Metadata = row.Metadata is null
                    ? BatchRow.NoMetadata
                    : JsonSerializer.Deserialize(row.Metadata, ExportJsonContext.Default.DictionaryStringString) ?? BatchRow.NoMetadata,
                Answer = row.Succeeded == true ? answers.Read(document) : null,
                Failure = row.Succeeded == false ? new(row.Code ?? "", row.Message ?? "", row.MessageZh ?? "") : null,
                Document = document,
                Sha256 = row.Digest,
                SameAs = row.SameAs,
                SameAsFile = row.SameAsFile,
                Embedding = row.Embedding,
            };
        }
        // A field that is missing, of another kind, or not a number, as the JSON classes report it.
        catch (Exception e) when (e
            is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw ExportErrors.DamagedResult(row.File, e);
        }
    }
}
