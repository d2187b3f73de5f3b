namespace SpeechEmotion.Audio;

/// <summary>A recording to decode.</summary>
/// <param name="Path">The full path of a seekable file with the bytes.</param>
/// <param name="Name">The user's name for it, used in error messages.</param>
/// <param name="Limits">The limits on the recording.</param>
internal sealed record AudioInput(string Path, string Name, AudioLimits Limits)
{
    /// <summary>The offset in the file at which the format begins, after tags or junk that a decoder might not skip.</summary>
    public long Start { get; init; }

    /// <summary>Opens the bytes for reading; other programs may read them at the same time.</summary>
    public FileStream OpenBytes() =>
        new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
}
