using System.Runtime.InteropServices;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli;

/// <summary>Standard input, if this program has one.</summary>
internal static partial class StandardInput
{
    private const int GetFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>Opens it for reading.</summary>
    /// <exception cref="AudioException"><c>audio.no_input</c>: standard input is closed.</exception>
    public static Stream Open() => IsClosed
        ? throw new AudioException(
            "audio.no_input",
            "Standard input is closed, so there is nothing to read. Pipe a recording into the command: ser recognize - < a.wav",
            "标准输入已关闭，没有可读取的内容。请通过管道传入录音：ser recognize - < a.wav")
        : Console.OpenStandardInput();

    /// <summary>
    /// If standard input was closed at the start, the first file that the runtime opened got its descriptor. The runtime marks that file
    /// as close-on-exec, a mark that a descriptor inherited from another program cannot have.
    /// </summary>
    private static bool IsClosed =>
        !OperatingSystem.IsWindows() && Control(0, GetFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int file, int command);
}
