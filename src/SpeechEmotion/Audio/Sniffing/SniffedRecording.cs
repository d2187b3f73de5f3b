namespace SpeechEmotion.Audio.Sniffing;

/// <summary>The result of examining the bytes of a file.</summary>
/// <param name="Container">The format; null if it is unknown.</param>
/// <param name="Start">The offset at which the format starts, after tags or junk.</param>
internal sealed record SniffedRecording(AudioContainer? Container, long Start)
{
    /// <summary>Whether the file is certainly not a recording but text, a document, an image, an archive or a program.</summary>
    public bool IsForeign { get; init; }
}
