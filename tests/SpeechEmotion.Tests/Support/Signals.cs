using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Tests.Support;

/// <summary>What a terminal, or a service's owner, sends to a program.</summary>
internal static partial class Signals
{
    /// <summary>As Ctrl-C does.</summary>
    public static void Interrupt(this Process process) => Send(process, 2);

    /// <summary>As the end of a service does.</summary>
    public static void Terminate(this Process process) => Send(process, 15);

    private static void Send(Process process, int signal)
    {
        if (Kill(process.Id, signal) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
