using System.Runtime.InteropServices;

namespace SpeechEmotion.Storage;

/// <summary>
/// Examines a path itself, without following a link and without opening the file: opening a pipe would wait for its
/// writer.
/// </summary>
internal static partial class PlainFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeAndInode = 0x101; // STATX_TYPE | STATX_INO
    private const int StatusBytes = 256; // struct statx, the same on every architecture
    private const int ModeOffset = 28; // stx_mode
    private const int InodeOffset = 32; // stx_ino
    private const int DeviceOffset = 136; // stx_dev_major, stx_dev_minor
    private const int TypeBits = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG

    /// <summary>Whether the path names a regular file, not a link, folder, pipe or device.</summary>
    public static bool Exists(string path)
    {
        if (!File.Exists(path) || IsLink(path))
            return false;
        Span<byte> status = stackalloc byte[StatusBytes];
        // If statx itself fails, opening the file reports the reason.
        return !OperatingSystem.IsLinux() || Statx(CurrentFolder, path, NoFollow, TypeAndInode, status) != 0
            || (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeBits) == Regular;
    }

    /// <summary>Whether the path names a symbolic link (on Windows also a junction), whatever its target.</summary>
    public static bool IsLink(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The device and inode of the file, which distinguish it from another one that takes its name later.</summary>
    /// <returns>Null if there is no such file, or if the system does not report them (all but Linux).</returns>
    public static (ulong Device, ulong Inode)? IdentityOf(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        return OperatingSystem.IsLinux() && Statx(CurrentFolder, path, NoFollow, TypeAndInode, status) == 0
            ? (MemoryMarshal.Read<ulong>(status[DeviceOffset..]), MemoryMarshal.Read<ulong>(status[InodeOffset..]))
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> status);
}
