using Parquet;
using Parquet.Schema;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>Text of a column.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <param name="name">The name of the column.</param>
/// <param name="value">The value of a row; null for none.</param>
/// <param name="nullable">Whether a row may have no value.</param>
internal sealed class TextBlock<T>(string name, Func<T, string?> value, bool nullable)
    : ColumnBlock<T>(new DataField(name, typeof(string), isNullable: nullable))
{
    private readonly List<string?> _values = [];

    /// <inheritdoc/>
    public override void Add(T row) => _values.Add(Nullable ? value(row) : value(row) ?? "");

    private bool Nullable { get; } = nullable;

    /// <inheritdoc/>
    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await group.WriteAsync(Field, _values!);
        _values.Clear();
    }
}
