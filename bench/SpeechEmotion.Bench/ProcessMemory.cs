using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>The memory of a process as Linux counts it, in MB.</summary>
internal static class ProcessMemory
{
    /// <summary>The private pages of this process now.</summary>
    public static double PrivateMegabytes => Read("RssAnon");

    /// <summary>The peak memory of this process, including mapped files.</summary>
    public static double PeakMegabytes => Read("VmHWM");

    /// <summary>Returns the private pages of another running process; 0 if it has just exited.</summary>
    public static double PrivateOf(int process) => Read("RssAnon", process);

    /// <summary>Returns the peak memory of another running process; 0 if it has just exited.</summary>
    public static double PeakOf(int process) => Read("VmHWM", process);

    private static double Read(string field, int process)
    {
        try
        {
            return Read(field, process.ToString(CultureInfo.InvariantCulture));
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
