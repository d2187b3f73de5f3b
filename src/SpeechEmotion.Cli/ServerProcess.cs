using System.Diagnostics;
using System.Runtime.InteropServices;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Cli;

/// <summary>The server program in the same folder, which serves and processes batches.</summary>
internal static partial class ServerProcess
{
    private const string Program = "ser-server";

    /// <summary>
    /// Runs the server program with the given arguments. On Unix it replaces this process, so that signals and the exit code need no
    /// forwarding; elsewhere this process waits for it.
    /// </summary>
    /// <returns>The exit code of the program.</returns>
    public static int Run(string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? Program + ".exe" : Program);
        if (!File.Exists(path))
        {
            Console.Error.WriteLine(
                $"The server {path} is missing. Build it with ./run.sh, or copy the whole dist folder."
                + $" / 缺少服务程序 {path}：请运行 ./run.sh 构建，或复制整个 dist 目录。");
            return ExitCode.SomeFailed;
        }
        // The server itself might fail before it can report this.
        if (OpenFiles.ServerFault is { } fault)
        {
            Console.Error.WriteLine(fault);
            return ExitCode.SomeFailed;
        }
        if (!OperatingSystem.IsWindows())
            _ = Execute(path, [path, .. arguments, null]);
        using var server = Process.Start(path, arguments);
        server.WaitForExit();
        return server.ExitCode;
    }

    /// <summary>Replaces this process; returns only if that fails.</summary>
    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, [In] string?[] arguments);
}
