namespace SpeechEmotion.Results;

/// <summary>How the weights of a model were compared with what their publisher gave out.</summary>
public enum ModelCheck
{
    /// <summary>Not at all: a folder was given, and nobody names the hash of its checkpoint.</summary>
    None,

    /// <summary>
    /// Only the needed parts were downloaded, each compared with the CRC-32 in the checkpoint's own directory; not checked
    /// against the publisher's hash.
    /// </summary>
    Parts,

    /// <summary>The whole checkpoint has the SHA-256 that its publisher names.</summary>
    Publisher,

    /// <summary>It came with the product.</summary>
    Shipped,
}
