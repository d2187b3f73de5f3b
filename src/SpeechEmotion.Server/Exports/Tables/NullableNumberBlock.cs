using Parquet;
using Parquet.Schema;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>Numbers of a column in which a row may have no value.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <typeparam name="TValue">int, float or double.</typeparam>
/// <param name="name">The name of the column.</param>
/// <param name="value">The value of a row; null for none.</param>
internal sealed class NullableNumberBlock<T, TValue>(string name, Func<T, TValue?> value)
    : ColumnBlock<T>(new DataField(name, typeof(TValue), isNullable: true))
    where TValue : struct
{
    private readonly List<TValue?> _values = [];

    /// <inheritdoc/>
    public override void Add(T row) => _values.Add(value(row));

    /// <inheritdoc/>
    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken ct)
    {
        await group.WriteAsync<TValue>(Field, (ReadOnlyMemory<TValue?>)_values.ToArray(), cancellationToken: ct);
        _values.Clear();
    }
}
