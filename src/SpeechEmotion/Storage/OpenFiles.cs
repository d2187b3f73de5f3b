using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;

namespace SpeechEmotion.Storage;

/// <summary>The number of files, pipes and connections that a process may have open at once (<c>ulimit -n</c>).</summary>
internal static class OpenFiles
{
    /// <summary>
    /// The minimum for a server. An idle server has about 300 open, and half of the limit is for connections. Once a process has none
    /// left, .NET terminates it sooner or later, so there must be a reserve.
    /// </summary>
    public const int ServerMinimum = 1024;

    private const int ProcessLimit = 24; // EMFILE
    private const int SystemLimit = 23; // ENFILE

    /// <summary>
    /// The hard limit of this process, up to which .NET raises the soft one; null if there is no limit, or if the system (all but Linux)
    /// does not report it.
    /// </summary>
    public static long? Limit => OperatingSystem.IsLinux() ? LimitIn(Limits()) : null;

    /// <summary>The message, in both languages, if the limit is too low to start a server; null if it is not.</summary>
    public static string? ServerFault => Limit is < ServerMinimum and var limit
        ? $"The server needs to open at least {ServerMinimum} files at once, and the system allows {limit}. "
            + "Raise the limit, for example: ulimit -n 65536 [server.too_few_files]\n"
            + $"服务至少需要同时打开 {ServerMinimum} 个文件，而系统只允许 {limit} 个。请提高上限，例如：ulimit -n 65536"
        : null;

    /// <summary>Whether an exception, or one of its causes, reports that no more files can be opened.</summary>
    public static bool AreExhausted(Exception? failure) => failure switch
    {
        null => false,
        IOException { HResult: ProcessLimit or SystemLimit } => true,
        SocketException { SocketErrorCode: SocketError.TooManyOpenSockets } => true,
        Win32Exception { NativeErrorCode: ProcessLimit or SystemLimit } and not SocketException => true,
        _ => AreExhausted(failure.InnerException),
    };

    /// <summary>Parses the line with name, soft limit, hard limit and unit.</summary>
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
