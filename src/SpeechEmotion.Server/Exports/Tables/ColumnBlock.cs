using Parquet;
using Parquet.Schema;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>The values of one column for a row group of a Parquet file.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <param name="field">The column in the file's schema.</param>
internal abstract class ColumnBlock<T>(DataField field)
{
    /// <summary>The column in the file's schema.</summary>
    public DataField Field { get; } = field;

    /// <summary>Adds the value of a row.</summary>
    public abstract void Add(T row);

    /// <summary>Writes all values as the next column of the row group, and forgets them.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken ct);
}
