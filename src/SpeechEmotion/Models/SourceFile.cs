namespace SpeechEmotion.Models;

/// <summary>A file from which a model was imported.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Modified">The time of the last write, UTC.</param>
/// <param name="Sha256">The SHA-256 in lower-case hexadecimal; null if only parts of the file were downloaded.</param>
public sealed record SourceFile(string Path, long Size, DateTime Modified, string? Sha256)
{
    /// <summary>Whether size and time are unchanged.</summary>
    public bool IsUnchanged => new FileInfo(Path) is { Exists: true } file && file.Length == Size && file.LastWriteTimeUtc == Modified;
}
