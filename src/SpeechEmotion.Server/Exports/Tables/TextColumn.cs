using nietras.SeparatedValues;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>A column of text. In CSV files, an apostrophe precedes what a spreadsheet would read as a formula.</summary>
/// <typeparam name="T">A row of the table.</typeparam>
/// <param name="name">The name in all formats.</param>
/// <param name="value">The value of a row; null for none.</param>
/// <param name="nullable">Whether a row may have no value.</param>
internal sealed class TextColumn<T>(string name, Func<T, string?> value, bool nullable = false) : Column<T>(name, "text", nullable)
{
    /// <inheritdoc/>
    public override void Write(SepWriter.Col cell, T row) => cell.Set(SpreadsheetText.Guarded(value(row) ?? ""));

    /// <inheritdoc/>
    public override ColumnBlock<T> NewBlock() => new TextBlock<T>(Name, value, Nullable);
}
