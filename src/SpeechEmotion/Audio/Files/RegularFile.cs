using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio.Files;

/// <summary>Tells files from pipes and devices by their name alone: opening a pipe would wait for whoever writes to it.</summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int StatusBytes = 256; // struct statx, the same on every architecture
    private const int ModeOffset = 28; // stx_mode
    private const int TypeBits = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG
    private const int Pipe = 0x1000; // S_IFIFO

    /// <summary>Whether a path leads, through any links, to a regular file. Only Linux is asked; elsewhere it is believed.</summary>
    public static bool Is(string path) => TypeOf(path) is null or Regular;

    /// <summary>Whether a path leads, through any links, to a pipe: a named one, or one of the shell.</summary>
    public static bool IsPipe(string path) => TypeOf(path) is Pipe;

    /// <summary>
    /// Full path of the file behind any links. A decoding program would find something else behind <c>/dev/stdin</c> than
    /// this process does.
    /// </summary>
    /// <exception cref="IOException">The links cannot be followed.</exception>
    public static string Locate(string path) =>
        // A file that was deleted while open has a link to it, but no name any more.
        File.ResolveLinkTarget(path, returnFinalTarget: true) is FileInfo { Exists: true } target
            ? target.FullName
            : Path.GetFullPath(path);

    /// <summary>Null where the question itself fails: opening the file says why.</summary>
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
