namespace SpeechEmotion.Audio.Sniffing;

/// <summary>What the bytes of a file look like.</summary>
/// <param name="Container">Its format; null where it is none that is known.</param>
/// <param name="Start">Where the format begins: behind tags, or behind junk.</param>
internal sealed record SniffedRecording(AudioContainer? Container, long Start)
{
    /// <summary>Whether it is certainly something else: a text, a document, a picture, an archive, a program.</summary>
    public bool IsForeign { get; init; }
}
