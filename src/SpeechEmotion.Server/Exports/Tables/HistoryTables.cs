using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>
/// The tables of the history: those of a batch with the columns <c>id</c> and <c>created</c> in place of the columns that only a
/// batch has. A change here needs one in <c>contracts/batch-tables.json</c>.
/// </summary>
internal static class HistoryTables
{
    private static readonly string[] OnlyInBatches = ["item", "same_as"];

    /// <summary>One row per recognition with a result.</summary>
    public static ExportTable<BatchRow> Results() => WithCreated(BatchTables.Results([]));

    /// <summary>One row per recognition without a result.</summary>
    /// <param name="language">The language of the messages.</param>
    public static ExportTable<BatchRow> Failures(string language) => WithCreated(BatchTables.Failures([], language));

    /// <summary>One row per segment of speech.</summary>
    public static ExportTable<SegmentRow> Segments() => Identified(BatchTables.Segments(), row => row.Row);

    /// <summary>One row per change of emotion.</summary>
    public static ExportTable<TransitionRow> Transitions() => Identified(BatchTables.Transitions(), row => row.Row);

    private static ExportTable<BatchRow> WithCreated(ExportTable<BatchRow> table)
    {
        var identified = Identified(table, row => row);
        return identified with
        {
            Columns = [.. identified.Columns, new TextColumn<BatchRow>("created", row => row.Recognition!.CreatedText)],
        };
    }

    private static ExportTable<T> Identified<T>(ExportTable<T> table, Func<T, BatchRow> rowOf) => table with
    {
        Columns =
        [
            new TextColumn<T>("id", row => rowOf(row).Recognition!.Id),
            .. table.Columns.Where(column => !OnlyInBatches.Contains(column.Name)),
        ],
    };
}
