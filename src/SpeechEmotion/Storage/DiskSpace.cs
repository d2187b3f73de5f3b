namespace SpeechEmotion.Storage;

/// <summary>Space of the disk that holds a folder.</summary>
internal static class DiskSpace
{
    /// <summary>Reads the free space that this user may take.</summary>
    /// <param name="folder">The folder; where it does not exist yet, the closest folder above it that does.</param>
    /// <returns>Bytes; <see cref="long.MaxValue"/> where the system does not report them, as for some network shares.</returns>
    public static long FreeAt(string folder)
    {
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        try
        {
            var drive = new DriveInfo(existing);
            // A file system without a size, such as /proc or some network shares, does not report what is free either.
            return drive.TotalSize > 0 ? drive.AvailableFreeSpace : long.MaxValue;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }
}
