using Parquet;
using Parquet.Schema;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>Numbers of a column in which every row has a value.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <typeparam name="TValue">int, float or double.</typeparam>
/// <param name="name">The name of the column.</param>
/// <param name="value">The value of a row.</param>
internal sealed class NumberBlock<T, TValue>(string name, Func<T, TValue> value)
    : ColumnBlock<T>(new DataField(name, typeof(TValue), isNullable: false))
    where TValue : struct
{
    private readonly List<TValue> _values = [];

    /// <inheritdoc/>
    public override void Add(T row) => _values.Add(value(row));

    /// <inheritdoc/>
    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken ct)
    {
        await group.WriteAsync<TValue>(Field, _values.ToArray().AsMemory(), cancellationToken: ct);
        _values.Clear();
    }
}
