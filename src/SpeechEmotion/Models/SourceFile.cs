namespace SpeechEmotion.Models;

/// <summary>A file that a model was imported from.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Last write time, UTC.</param>
/// <param name="Sha256">Lower-case hexadecimal; null where only parts of the file were downloaded.</param>
public sealed record SourceFile(string Path, long Size, DateTime Modified, string? Sha256)
{
    /// <summary>True where size and time are what they were.</summary>
    public bool IsUnchanged => new FileInfo(Path) is { Exists: true } file && file.Length == Size && file.LastWriteTimeUtc == Modified;
}
