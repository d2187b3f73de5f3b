using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Storage.Sqlite;

/// <summary>Inserts items with one prepared statement, which is several times as fast as EF Core.</summary>
internal static class SqliteItems
{
    private const string Statement = """
        INSERT INTO "batch_items" ("BatchId", "Number", "Name", "Location", "Size", "Modified", "Metadata", "Pass")
        VALUES (@batch, @number, @name, @location, @size, @modified, @metadata, @pass)
        """;

    /// <summary>Inserts the items as part of the context's transaction.</summary>
    public static async Task InsertAsync(HistoryContext context, IReadOnlyList<BatchItemEntry> items, CancellationToken ct)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = Statement;
        string[] names = ["@batch", "@number", "@name", "@location", "@size", "@modified", "@metadata", "@pass"];
        DbParameter[] parameters = [.. names.Select(name => Add(command, name))];
        foreach (var item in items)
        {
            object?[] values =
                [item.BatchId, item.Number, item.Name, item.Location, item.Size, item.Modified, item.Metadata, item.Pass];
            for (var i = 0; i < values.Length; i++)
                parameters[i].Value = values[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static DbParameter Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
