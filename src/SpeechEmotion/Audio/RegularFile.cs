using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio;

/// <summary>Tells files from pipes and devices by their name alone: opening a pipe would wait for whoever writes to it.</summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int StatusBytes = 256; // struct statx, the same on every architecture
    private const int ModeOffset = 28; // stx_mode
    private const int TypeBits = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG

    /// <summary>Whether a path leads, through any links, to a regular file. Only Linux is asked; elsewhere it is believed.</summary>
    public static bool Is(string path)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        Span<byte> status = stackalloc byte[StatusBytes];
        // Where the question itself fails, opening the file says why.
        return Statx(CurrentFolder, path, 0, TypeOnly, status) != 0
            || (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeBits) == Regular;
    }

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

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> status);
}
