namespace SpeechEmotion.Server.Files;

/// <summary>A file or folder of an <see cref="IFileStore"/>.</summary>
/// <param name="Name">Its name without its path.</param>
/// <param name="Size">Size in bytes; null for a folder.</param>
public sealed record StoredFile(string Name, long? Size)
{
    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Size is null;
}
