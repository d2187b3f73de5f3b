using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio.Files;

/// <summary>Distinguishes files from pipes and devices without opening them: opening a pipe would wait for its writer.</summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int StatusBytes = 256; // struct statx, the same on every architecture
    private const int ModeOffset = 28; // stx_mode
    private const int TypeBits = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG
    private const int Pipe = 0x1000; // S_IFIFO

    /// <summary>Whether a path leads, through any links, to a regular file. Checked on Linux only; elsewhere always true.</summary>
    public static bool Is(string path) => TypeOf(path) is null or Regular;

    /// <summary>Whether a path leads, through any links, to a pipe, either a named one or one of the shell.</summary>
    public static bool IsPipe(string path) => TypeOf(path) is Pipe;

    /// <summary>
    /// Returns the full path of the file behind any links. In a decoding program, <c>/dev/stdin</c> would name another file than in
    /// this process.
    /// </summary>
    /// <exception cref="IOException">The links cannot be followed.</exception>
    public static string Locate(string path) =>
        // A file that was deleted while open still has a link to it, but no name.
        File.ResolveLinkTarget(path, returnFinalTarget: true) is FileInfo { Exists: true } target
            ? target.FullName
            : Path.GetFullPath(path);

    /// <summary>The file type; null if the query itself fails, in which case opening the file reports the reason.</summary>
    private static int? TypeOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> status = stackalloc byte[StatusBytes];
        return Statx(CurrentFolder, path, 0, TypeOnly, status) == 0 ? MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeBits : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> status);
}
