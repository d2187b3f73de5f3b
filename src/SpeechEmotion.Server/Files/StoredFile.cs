namespace SpeechEmotion.Server.Files;

/// <summary>A file or folder of an <see cref="IFileStore"/>.</summary>
/// <param name="Name">Its name without its path.</param>
/// <param name="Size">Size in bytes; null for a folder.</param>
/// <param name="Modified">Time of its last change; null if unknown.</param>
public sealed record StoredFile(string Name, long? Size, DateTimeOffset? Modified)
{
    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Size is null;
}
