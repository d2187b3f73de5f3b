using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>Memory of this process as Linux counts it, in MB.</summary>
internal static class ProcessMemory
{
    /// <summary>Private pages in memory now.</summary>
    public static double PrivateMegabytes => Read("RssAnon");

    /// <summary>The most that was ever in memory, mapped files counted.</summary>
    public static double PeakMegabytes => Read("VmHWM");

    /// <summary>The most of another process, which runs; 0 where it has just ended.</summary>
    public static double PeakOf(int process)
    {
        try
        {
            return Read("VmHWM", process.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static double Read(string field, string process = "self")
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith(field + ":", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
