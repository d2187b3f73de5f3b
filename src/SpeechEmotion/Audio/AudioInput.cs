namespace SpeechEmotion.Audio;

/// <summary>A recording to be decoded.</summary>
/// <param name="Path">Full path of a seekable file that holds its bytes.</param>
/// <param name="Name">What the user calls it; error messages name it so.</param>
/// <param name="Limits">How much of it is taken.</param>
internal sealed record AudioInput(string Path, string Name, AudioLimits Limits)
{
    /// <summary>Where its format begins in the file: behind tags or junk that a decoder might not pass over.</summary>
    public long Start { get; init; }

    /// <summary>Opens the bytes for reading; other programs may read them at the same time.</summary>
    public FileStream OpenBytes() =>
        new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
}
