using System.Runtime.InteropServices;

namespace SpeechEmotion.Outputs;

/// <summary>Renames a folder unless the new name is taken.</summary>
internal static partial class ExclusiveRename
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint NoReplace = 1; // RENAME_NOREPLACE
    private const int Exists = 17; // EEXIST

    /// <summary>
    /// Renames <paramref name="from"/> to <paramref name="to"/> in one step; returns false and does nothing if
    /// <paramref name="to"/> exists.
    /// </summary>
    /// <exception cref="IOException">The rename failed for another reason.</exception>
    public static bool TryMove(string from, string to)
    {
        // rename(2) silently replaces an empty folder; only renameat2 has a flag against that.
        if (OperatingSystem.IsLinux() && TryMoveOnLinux(from, to) is { } moved)
            return moved;
        try
        {
            // Refuses an existing name; if one appears in between, rename(2) still fails unless it is an empty folder.
            Directory.Move(from, to);
            return true;
        }
        catch (IOException) when (Path.Exists(to))
        {
            return false;
        }
    }

    /// <summary>Null if the C library, the kernel or the file system does not support the call, or it failed otherwise.</summary>
    private static bool? TryMoveOnLinux(string from, string to)
    {
        try
        {
            if (RenameAt2(CurrentFolder, from, CurrentFolder, to, NoReplace) == 0)
                return true;
            return Marshal.GetLastPInvokeError() == Exists ? false : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);
}
