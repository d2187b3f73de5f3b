namespace SpeechEmotion.Audio.Files;

/// <summary>What a search of a folder found at a path.</summary>
/// <param name="Path">The path below the folder name that was given.</param>
/// <param name="IsRecording">Whether it is a recording by its content or by its extension.</param>
internal readonly record struct FoundFile(string Path, bool IsRecording)
{
    /// <summary>Whether it is a folder that the system does not list, so its recordings are missing.</summary>
    public bool IsUnreadable { get; init; }
}
