namespace SpeechEmotion.Outputs;

/// <summary>Text that a spreadsheet shows instead of evaluating it.</summary>
internal static class SpreadsheetText
{
    private const string FormulaStarts = "=+-@＝＋－＠";

    /// <summary>Spreadsheets evaluate text that looks like a formula, quoted or not; an apostrophe marks it as text.</summary>
    public static string Guarded(string value)
    {
        // Spreadsheets skip leading blanks, and treat a tab or a line break as the end of the previous cell.
        var rest = value.AsSpan().TrimStart();
        return (!rest.IsEmpty && FormulaStarts.Contains(rest[0])) || value is ['\t' or '\r' or '\n', ..] ? "'" + value : value;
    }
}
