using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Outputs;

/// <summary>Reads SubRip subtitles as players do: blocks separated by blank lines, numbered from 1.</summary>
internal static partial class SrtReader
{
    public static List<Cue> Read(string text)
    {
        var cues = new List<Cue>();
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n');
            if (lines.Length != 3 || lines[0] != (cues.Count + 1).ToString(CultureInfo.InvariantCulture))
                throw new FormatException($"Not a cue: {block}");
            var match = Timing().Match(lines[1]);
            if (!match.Success || lines[2].Contains("-->", StringComparison.Ordinal) || lines[2].IndexOfAny(['<', '{', '\r']) >= 0)
                throw new FormatException($"Not a cue: {block}");
            var colon = lines[2].LastIndexOf(": ", StringComparison.Ordinal);
            cues.Add(new(
                Time(match.Groups[1].Value), Time(match.Groups[2].Value),
                colon < 0 ? null : lines[2][..colon], colon < 0 ? lines[2] : lines[2][(colon + 2)..]));
        }
        return cues;
    }

    private static TimeSpan Time(string text)
    {
        var parts = text.Split(':', ',').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new TimeSpan(0, parts[0], parts[1], parts[2], parts[3]);
    }

    [GeneratedRegex(@"^(\d{2,}:[0-5]\d:[0-5]\d,\d{3}) --> (\d{2,}:[0-5]\d:[0-5]\d,\d{3})$")]
    private static partial Regex Timing();
}
