using System.Diagnostics;

namespace SpeechEmotion.Bench;

internal static class Clock
{
    public static double Seconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The shortest and the middle one of several runs: the machine may be noisy, never too fast.</summary>
    public static (double Best, double Median) Repeat(int runs, Action action)
    {
        var seconds = Enumerable.Range(0, runs).Select(_ => Seconds(action)).Order().ToArray();
        return (seconds[0], seconds[runs / 2]);
    }
}
