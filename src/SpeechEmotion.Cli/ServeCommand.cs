using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Cli;

/// <summary><c>ser serve</c>: starts the server program in the same folder.</summary>
internal static partial class ServeCommand
{
    private const string Program = "ser-server";

    /// <summary>Creates the command for the help text; the server parses what follows <c>serve</c> (<see cref="Run"/>).</summary>
    public static Command Create() => new("serve", "Web page, REST and Gradio-compatible API on port 7860 / 启动网页与接口服务")
    {
        TreatUnmatchedTokensAsErrors = false,
    };

    /// <summary>
    /// Runs the server with the given arguments. On Unix the server replaces this process, so that signals and the exit code need no
    /// forwarding; elsewhere this process waits for it.
    /// </summary>
    /// <returns>The server's exit code.</returns>
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
