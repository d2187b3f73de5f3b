using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;

namespace SpeechEmotion.Storage;

/// <summary>How many files, pipes and connections a process may have open at once (<c>ulimit -n</c>).</summary>
internal static class OpenFiles
{
    /// <summary>
    /// A server that waits has about 300 open, and half of what is allowed is for connections. Where a process has none left, .NET ends
    /// it sooner or later, so that there must be some to spare.
    /// </summary>
    public const int ServerMinimum = 1024;

    private const int ProcessLimit = 24; // EMFILE
    private const int SystemLimit = 23; // ENFILE

    /// <summary>
    /// The hard limit of this process, up to which .NET raises the soft one; null where there is none or the system (all but Linux)
    /// does not report it.
    /// </summary>
    public static long? Limit => OperatingSystem.IsLinux() ? LimitIn(Limits()) : null;

    /// <summary>The message, in both languages, where a server cannot start for want of files; null where it can.</summary>
    public static string? ServerFault => Limit is < ServerMinimum and var limit
        ? $"The server needs to open at least {ServerMinimum} files at once, and the system allows {limit}. Raise the limit, for example: ulimit -n 65536 [server.too_few_files]\n"
            + $"服务至少需要同时打开 {ServerMinimum} 个文件，而系统只允许 {limit} 个。请提高上限，例如：ulimit -n 65536"
        : null;

    /// <summary>Whether an exception, or one that it was caused by, reports that no more files can be opened.</summary>
    public static bool AreExhausted(Exception? failure) => failure switch
    {
        null => false,
        IOException { HResult: ProcessLimit or SystemLimit } => true,
        SocketException { SocketErrorCode: SocketError.TooManyOpenSockets } => true,
        Win32Exception { NativeErrorCode: ProcessLimit or SystemLimit } and not SocketException => true,
        _ => AreExhausted(failure.InnerException),
    };

    /// <summary>The line is: name, soft limit, hard limit, unit.</summary>
    internal static long? LimitIn(IEnumerable<string> limits) =>
        limits.FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) is { } line
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., var hard, _]
            && long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;

    private static string[] Limits()
    {
        try
        {
            return File.ReadAllLines("/proc/self/limits");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
