using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Tests.Support;

/// <summary>Signals that a terminal or a service manager sends to a program.</summary>
internal static partial class Signals
{
    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public static void Interrupt(this Process process) => Send(process, 2);

    /// <summary>Sends SIGTERM, as a service manager does to stop a service.</summary>
    public static void Terminate(this Process process) => Send(process, 15);

    private static void Send(Process process, int signal)
    {
        if (Kill(process.Id, signal) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
