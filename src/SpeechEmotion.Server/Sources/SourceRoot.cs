namespace SpeechEmotion.Server.Sources;

/// <summary>The folder to which the sources of other people are confined.</summary>
/// <remarks>
/// Paths are compared as they are written. A link in the folder that leads out of it is followed: only its owner can create one.
/// </remarks>
public static class SourceRoot
{
    /// <summary>Whether a full path is the folder or inside it.</summary>
    /// <param name="root">Full path of the folder.</param>
    /// <param name="path">A full path without <c>..</c>.</param>
    public static bool Contains(string root, string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(root);
        return path.StartsWith(folder, StringComparison.Ordinal)
            && (path.Length == folder.Length || folder.Length == 1 || path[folder.Length] == Path.DirectorySeparatorChar);
    }

    /// <summary>Returns the full path of a source in the folder.</summary>
    /// <param name="root">Full path of the folder.</param>
    /// <param name="path">The path as the client wrote it, relative to the folder.</param>
    /// <exception cref="SourceException"><c>source.outside_root</c>, <c>source.not_found</c>.</exception>
    public static string Find(string root, string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            throw SourceErrors.NotFound(path.Replace("\0", "", StringComparison.Ordinal));
        var full = Path.GetFullPath(path, root);
        if (!Contains(root, full))
            throw SourceErrors.OutsideRoot(path);
        return SourceFile.Exists(full) ? full : throw SourceErrors.NotFound(path);
    }
}
