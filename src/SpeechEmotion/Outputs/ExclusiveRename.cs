using System.Runtime.InteropServices;

namespace SpeechEmotion.Outputs;

/// <summary>Renames a folder unless the new name is taken.</summary>
internal static partial class ExclusiveRename
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint NoReplace = 1; // RENAME_NOREPLACE
    private const int Exists = 17; // EEXIST

    /// <summary>
    /// Renames <paramref name="from"/> to <paramref name="to"/> in one step; false, and nothing done, where
    /// <paramref name="to"/> exists.
    /// </summary>
    /// <exception cref="IOException">The rename failed for another reason.</exception>
    public static bool TryMove(string from, string to)
    {
        // rename(2) silently replaces a folder that is empty; only renameat2 can be told not to.
        if (OperatingSystem.IsLinux() && TryMoveOnLinux(from, to) is { } moved)
            return moved;
        try
        {
            // Refuses a name that is taken; should one appear in between, rename(2) still fails unless it is an empty folder.
            Directory.Move(from, to);
            return true;
        }
        catch (IOException) when (Path.Exists(to))
        {
            return false;
        }
    }

    /// <summary>Null where the C library, the kernel or the file system does not know the call, or it failed otherwise.</summary>
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
