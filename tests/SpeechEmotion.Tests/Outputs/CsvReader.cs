using System.Text;

namespace SpeechEmotion.Tests.Outputs;

/// <summary>Reads comma-separated values strictly as defined by RFC 4180.</summary>
internal static class CsvReader
{
    public static List<string[]> Read(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            row.Add(Field(text, ref at));
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }
            if (at + 1 >= text.Length || text[at] != '\r' || text[at + 1] != '\n')
                throw new FormatException($"A comma or a line's end is missing at {at}.");
            at += 2;
            rows.Add([.. row]);
            row.Clear();
        }
        return rows;
    }

    private static string Field(string text, ref int at)
    {
        var value = new StringBuilder();
        if (text[at] != '"')
        {
            for (; !",\r\n\"".Contains(text[at]); at++)
                value.Append(text[at]);
            return value.ToString();
        }
        for (at++; ; at++)
        {
            if (text[at] == '"' && text[++at] != '"')
                return value.ToString();
            value.Append(text[at]);
        }
    }
}
