using nietras.SeparatedValues;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>A column of a table: its name, its type, and where its values come from.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <param name="name">The name in all formats.</param>
/// <param name="type">The type as <c>contracts/batch-tables.json</c> names it.</param>
/// <param name="nullable">Whether a row may have no value.</param>
internal abstract class Column<T>(string name, string type, bool nullable)
{
    /// <summary>The name in all formats.</summary>
    public string Name { get; } = name;

    /// <summary>The type: <c>int32</c>, <c>float32</c>, <c>float64</c> or <c>text</c>.</summary>
    public string Type { get; } = type;

    /// <summary>Whether a row may have no value.</summary>
    public bool Nullable { get; } = nullable;

    /// <summary>Writes the value into a cell of a CSV file; no value is an empty cell.</summary>
    public abstract void Write(SepWriter.Col cell, T row);

    /// <summary>Creates a buffer for the values of a row group of a Parquet file.</summary>
    public abstract ColumnBlock<T> NewBlock();
}
