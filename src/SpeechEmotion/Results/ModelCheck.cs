namespace SpeechEmotion.Results;

/// <summary>How the weights of a model were checked against what their publisher released.</summary>
public enum ModelCheck
{
    /// <summary>Not checked: a folder was given, and no published hash of its checkpoint is known.</summary>
    None,

    /// <summary>
    /// Only the needed parts were downloaded, each checked against the CRC-32 in the checkpoint's own directory, but not against
    /// the publisher's hash.
    /// </summary>
    Parts,

    /// <summary>The whole checkpoint has the SHA-256 that its publisher states.</summary>
    Publisher,

    /// <summary>The model ships with the product.</summary>
    Shipped,
}
