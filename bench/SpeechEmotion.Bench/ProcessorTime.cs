using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>The processor time of a process with all that it has started, as Linux counts it.</summary>
internal static class ProcessorTime
{
    /// <summary>Clock ticks of a second in <c>/proc</c>.</summary>
    private const double Ticks = 100;

    /// <summary>Returns seconds; those of processes that have ended count, too, if their parent has waited for them.</summary>
    public static double Of(int process)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        try
        {
            // The name of the program, in parentheses, may contain spaces.
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var own = fields[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / Ticks;
            var children = Directory.GetDirectories($"/proc/{id}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return own + children.Sum(child => Of(int.Parse(child, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }
}
