using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>Inserts items with COPY, which takes one round trip for all.</summary>
internal static class PostgresItems
{
    private const string Copy = """
        COPY "batch_items" ("BatchId", "Number", "Name", "Location", "Size", "Modified", "Metadata", "Pass") FROM STDIN (FORMAT BINARY)
        """;

    /// <summary>Inserts the items as part of the context's transaction.</summary>
    public static async Task InsertAsync(PostgresContext context, IReadOnlyList<BatchItemEntry> items, CancellationToken ct)
    {
        if (items.Count == 0)
            return;
        await using var copy = await ((NpgsqlConnection)context.Database.GetDbConnection()).BeginBinaryImportAsync(Copy, ct);
        foreach (var item in items)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(item.BatchId, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(item.Number, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(item.Name, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(item.Location, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(item.Size, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(item.Modified, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(item.Metadata, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(item.Pass, NpgsqlDbType.Integer, ct);
        }
        await copy.CompleteAsync(ct);
    }
}
