using nietras.SeparatedValues;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>A column of numbers. CSV files have the shortest text that gives the same number again.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <typeparam name="TValue">int, float or double.</typeparam>
/// <param name="name">The name in all formats.</param>
/// <param name="value">The value of a row; null for none.</param>
/// <param name="nullable">Whether a row may have no value.</param>
internal sealed class NumberColumn<T, TValue>(string name, Func<T, TValue?> value, bool nullable = false)
    : Column<T>(name, TypeName, nullable)
    where TValue : struct, ISpanFormattable
{
    private static string TypeName => System.Type.GetTypeCode(typeof(TValue)) switch
    {
        TypeCode.Int32 => "int32",
        TypeCode.Single => "float32",
        TypeCode.Double => "float64",
        _ => throw new NotSupportedException($"A column of {typeof(TValue)}."),
    };

    /// <inheritdoc/>
    public override void Write(SepWriter.Col cell, T row)
    {
        if (value(row) is { } number)
            cell.Format(number);
        else
            cell.Set("");
    }

    /// <inheritdoc/>
    public override ColumnBlock<T> NewBlock() =>
        Nullable ? new NullableNumberBlock<T, TValue>(Name, value) : new NumberBlock<T, TValue>(Name, row => value(row)!.Value);
}
