namespace SpeechEmotion.Storage;

/// <summary>The space on the disk of a folder.</summary>
internal static class DiskSpace
{
    /// <summary>Reads the free space available to this user.</summary>
    /// <param name="folder">The folder; if it does not exist yet, the closest existing folder above it.</param>
    /// <returns>The free bytes; <see cref="long.MaxValue"/> if the system does not report them, as for some network shares.</returns>
    public static long FreeAt(string folder)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        try
        {
            var drive = new DriveInfo(existing);
            // A file system without a size, such as /proc or some network shares, does not report its free space either.
            return drive.TotalSize > 0 ? drive.AvailableFreeSpace : long.MaxValue;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }
}
