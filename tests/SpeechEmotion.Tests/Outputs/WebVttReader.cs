using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Outputs;

/// <summary>Reads WebVTT as browsers do: an arrow anywhere starts a cue, and a blank line ends it.</summary>
internal static partial class WebVttReader
{
    public static List<Cue> Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0] != "WEBVTT" || lines[1].Length > 0)
            throw new FormatException("Not WebVTT.");
        var cues = new List<Cue>();
        for (var i = 2; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            var match = Timing().Match(lines[i]);
            if (!match.Success)
                throw new FormatException($"Not a cue: {lines[i]}");
            var payload = new List<string>();
            for (i++; i < lines.Length && lines[i].Length > 0; i++)
                payload.Add(lines[i]);
            var cue = Payload().Match(payload.Single());
            if (!cue.Success)
                throw new FormatException($"Not the text of a cue: {payload[0]}");
            cues.Add(new(
                Time(match.Groups[1].Value), Time(match.Groups[2].Value),
                cue.Groups[1].Success ? WebUtility.HtmlDecode(cue.Groups[1].Value) : null, WebUtility.HtmlDecode(cue.Groups[2].Value)));
        }
        return cues;
    }

    private static TimeSpan Time(string text)
    {
        var parts = text.Split(':', '.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new TimeSpan(0, parts[0], parts[1], parts[2], parts[3]);
    }

    [GeneratedRegex(@"^(\d{2,}:[0-5]\d:[0-5]\d\.\d{3}) --> (\d{2,}:[0-5]\d:[0-5]\d\.\d{3})$")]
    private static partial Regex Timing();

    /// <summary>Matches at most one voice and no other tag; an ampersand only at the start of an escape.</summary>
    [GeneratedRegex(@"^(?:<v ((?:[^<>&]|&(?:amp|lt|gt);)+)>)?((?:[^<>&]|&(?:amp|lt|gt);)*)$")]
    private static partial Regex Payload();
}
