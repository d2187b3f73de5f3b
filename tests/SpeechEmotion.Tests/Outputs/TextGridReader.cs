using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Outputs;

/// <summary>
/// Reads a TextGrid as Praat does: only quoted texts, free-standing numbers and flags count; everything else is decoration.
/// </summary>
internal sealed partial class TextGridReader
{
    private readonly Queue<string> _tokens;

    private TextGridReader(string text) => _tokens = new(Token().Matches(text).Select(match => match.Value).Where(IsData));

    public sealed record Interval(decimal Start, decimal End, string Text);

    public sealed record Tier(string Name, IReadOnlyList<Interval> Intervals);

    public sealed record Grid(decimal End, IReadOnlyList<Tier> Tiers);

    public static Grid Read(string text)
    {
        var reader = new TextGridReader(text);
        reader.Expect("\"ooTextFile\"");
        reader.Expect("\"TextGrid\"");
        reader.Expect("0");
        var end = reader.Number();
        reader.Expect("<exists>");
        var tiers = Enumerable.Range(0, (int)reader.Number()).Select(_ => reader.NextTier(end)).ToArray();
        return reader._tokens.Count == 0 ? new(end, tiers) : throw new FormatException("There is more than the tiers.");
    }

    private Tier NextTier(decimal end)
    {
        Expect("\"IntervalTier\"");
        var name = Text();
        Expect("0");
        if (Number() != end)
            throw new FormatException("A tier does not cover the grid.");
        return new(name, [.. Enumerable.Range(0, (int)Number()).Select(_ => new Interval(Number(), Number(), Text()))]);
    }

    private static bool IsData(string token) =>
        token[0] is '"' or '<' || decimal.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private void Expect(string token)
    {
        if (_tokens.Dequeue() is var found && found != token)
            throw new FormatException($"{token} was expected, and there is {found}.");
    }

    private decimal Number() => decimal.Parse(_tokens.Dequeue(), CultureInfo.InvariantCulture);

    private string Text() => _tokens.Dequeue() is ['"', .. var inner, '"']
        ? inner.Replace("\"\"", "\"", StringComparison.Ordinal)
        : throw new FormatException("A text was expected.");

    /// <summary>Matches a quoted text with doubled quotes, or any run of characters between blanks.</summary>
    [GeneratedRegex("""(?<=\s|^)(?:"(?:[^"]|"")*"|[^\s"]\S*)(?=\s|$)""")]
    private static partial Regex Token();
}
