namespace SpeechEmotion.Audio;

/// <summary>A recording to be decoded.</summary>
/// <param name="Path">Full path of a seekable file that holds its bytes.</param>
/// <param name="Name">What the user calls it; error messages name it so.</param>
/// <param name="Limits">How much of it is taken.</param>
internal sealed record AudioSource(string Path, string Name, AudioLimits Limits)
{
    /// <summary>Opens the bytes for reading; other programs may read them at the same time.</summary>
    public FileStream OpenBytes() =>
        new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
}
