using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>Memory of this process as Linux counts it, in MB.</summary>
internal static class ProcessMemory
{
    /// <summary>Private pages in memory now.</summary>
    public static double PrivateMegabytes => Read("RssAnon");

    /// <summary>The most that was ever in memory, mapped files counted.</summary>
    public static double PeakMegabytes => Read("VmHWM");

    private static double Read(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(field + ":", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
