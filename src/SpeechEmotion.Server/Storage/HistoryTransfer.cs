using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Storage;

/// <summary>Copies a database into an empty one of another engine, in one transaction, and compares the two.</summary>
/// <param name="source">The database that no other program uses.</param>
/// <param name="target">The empty database.</param>
internal sealed class HistoryTransfer(HistoryDatabase source, HistoryDatabase target)
{
    /// <summary>Rows that are held in memory at once.</summary>
    private const int GroupRows = 500;

    /// <summary>
    /// Copies all tables, unless an earlier attempt has done so. The tables are compared before the copy becomes visible.
    /// </summary>
    /// <returns>The number of rows of each table.</returns>
    /// <exception cref="RequestException">
    /// <c>history.not_empty</c>: the target has other rows. <c>history.not_equal</c>: the copy differs; the source stays the valid one.
    /// </exception>
    public Task<IReadOnlyList<(string Table, long Rows)>> RunAsync(CancellationToken ct) => target.WriteAsync(
        to => source.ReadAsync<IReadOnlyList<(string, long)>>(async from =>
        {
            var isEmpty = !await to.Recognitions.AnyAsync(ct) && !await to.Batches.IgnoreQueryFilters().AnyAsync(ct);
            if (isEmpty)
            {
                // A row follows those to which it refers.
                await CopyAsync<HistoryEntry>(from, to, ct);
                await CopyAsync<SegmentEntry>(from, to, ct);
                await CopyAsync<IdempotencyEntry>(from, to, ct);
                await CopyAsync<BatchEntry>(from, to, ct);
                await CopyAsync<BatchSourceEntry>(from, to, ct);
                await CopyAsync<BatchItemEntry>(from, to, ct);
                await CopyAsync<BatchChunkEntry>(from, to, ct);
                await CopyAsync<BatchOutcomeEntry>(from, to, ct);
                await CopyAsync<WebhookEntry>(from, to, ct);
                await to.ContinueNumbersAsync(ct);
            }
            return
            [
                await CompareAsync<HistoryEntry>(from, to, isEmpty, ct), await CompareAsync<SegmentEntry>(from, to, isEmpty, ct),
                await CompareAsync<IdempotencyEntry>(from, to, isEmpty, ct), await CompareAsync<BatchEntry>(from, to, isEmpty, ct),
                await CompareAsync<BatchSourceEntry>(from, to, isEmpty, ct), await CompareAsync<BatchItemEntry>(from, to, isEmpty, ct),
                await CompareAsync<BatchChunkEntry>(from, to, isEmpty, ct), await CompareAsync<BatchOutcomeEntry>(from, to, isEmpty, ct),
                await CompareAsync<WebhookEntry>(from, to, isEmpty, ct),
            ];
        }),
        ct);

    private static async Task CopyAsync<T>(HistoryContext from, HistoryContext to, CancellationToken ct)
        where T : class
    {
        var group = new List<T>(GroupRows);
        await foreach (var row in Rows<T>(from).WithCancellation(ct))
        {
            group.Add(row);
            if (group.Count == GroupRows)
                await AddAsync(to, group, ct);
        }
        await AddAsync(to, group, ct);
    }

    private static async Task AddAsync<T>(HistoryContext context, List<T> rows, CancellationToken ct)
        where T : class
    {
        if (rows is List<BatchItemEntry> items)
        {
            await context.InsertAsync(items, ct);
        }
        else
        {
            context.AddRange(rows);
            await context.SaveChangesAsync(ct);
            context.ChangeTracker.Clear();
        }
        rows.Clear();
    }

    private static async Task<(string Table, long Rows)> CompareAsync<T>(
        HistoryContext from, HistoryContext to, bool isCopied, CancellationToken ct)
        where T : class
    {
        var (table, rows, digest) = await DigestAsync<T>(from, ct);
        var (_, copied, copy) = await DigestAsync<T>(to, ct);
        return rows == copied && digest == copy ? (table, rows) : throw (isCopied ? NotEqual(table, rows, copied) : NotEmpty());
    }

    /// <summary>Hashes all values of a table, in the order of its key.</summary>
    private static async Task<(string Table, long Rows, string Digest)> DigestAsync<T>(HistoryContext context, CancellationToken ct)
        where T : class
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var values = new MemoryStream();
        using var writer = new BinaryWriter(values);
        var rows = 0L;
        await foreach (var row in Rows<T>(context).WithCancellation(ct))
        {
            values.SetLength(0);
            Write(writer, context.Entry(row));
            hash.AppendData(values.GetBuffer(), 0, (int)values.Length);
            rows++;
        }
        return (context.Model.FindEntityType(typeof(T))!.GetTableName()!, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void Write(BinaryWriter writer, EntityEntry row)
    {
        foreach (var property in row.Properties)
            Write(writer, property.CurrentValue);
        foreach (var property in row.ComplexProperties.SelectMany(complex => complex.Properties))
            Write(writer, property.CurrentValue);
    }

    private static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write('-');
                break;
            case byte[] bytes:
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            case float[] numbers:
                writer.Write(numbers.Length);
                foreach (var each in numbers)
                    writer.Write(each);
                break;
            case float number:
                writer.Write(number);
                break;
            case double number:
                writer.Write(number);
                break;
            case Enum choice:
                writer.Write(choice.ToString("D"));
                break;
            default:
                writer.Write(FormattableString.Invariant($"{value}"));
                break;
        }
    }

    private static IAsyncEnumerable<T> Rows<T>(HistoryContext context)
        where T : class
    {
        var key = context.Model.FindEntityType(typeof(T))!.FindPrimaryKey()!.Properties;
        var rows = context.Set<T>().IgnoreQueryFilters().AsNoTracking();
        var sorted = rows.OrderBy(row => EF.Property<object>(row, key[0].Name));
        return (key.Count == 1 ? sorted : sorted.ThenBy(row => EF.Property<object>(row, key[1].Name))).AsAsyncEnumerable();
    }

    private static RequestException NotEmpty() => new(
        409, "history.not_empty", "The target has recognitions or batches already. Give an empty one: nothing is merged.",
        "目标中已有识别记录或批次。请指定空的目标：不会合并数据。");

    private static RequestException NotEqual(string table, long rows, long copied) => new(
        500, "history.not_equal",
        FormattableString.Invariant($"The copy of the table {table} differs: {copied} rows of {rows}. The source is unchanged; use it."),
        FormattableString.Invariant($"表 {table} 的副本不一致：{rows} 行中的 {copied} 行。来源未改变，请继续使用来源。"));
}
