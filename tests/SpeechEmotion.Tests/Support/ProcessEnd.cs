using System.Diagnostics;

namespace SpeechEmotion.Tests.Support;

/// <summary>The end of a process that should end by itself.</summary>
internal static class ProcessEnd
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Waits until a process exits, with a generous limit; otherwise kills it and fails.</summary>
    public static async Task EndAsync(this Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{process.StartInfo.FileName} did not exit. It ignores SIGINT if the tests do, as background jobs of a shell do.");
        }
    }
}
