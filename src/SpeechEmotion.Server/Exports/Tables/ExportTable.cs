using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>A table of an export. <c>contracts/batch-tables.json</c> describes its columns.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <param name="Name">The name in the contract and of the files.</param>
/// <param name="Columns">The columns in order.</param>
/// <param name="RowsOf">The rows that a recording has in the table, in order.</param>
internal sealed record ExportTable<T>(string Name, IReadOnlyList<Column<T>> Columns, Func<BatchRow, IEnumerable<T>> RowsOf);
