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
}
