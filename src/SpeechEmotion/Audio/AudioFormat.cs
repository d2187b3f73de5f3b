namespace SpeechEmotion.Audio;

/// <summary>What is in a recording, as its header says.</summary>
/// <param name="Container">For example <c>WAV</c>, <c>FLAC</c>, <c>MP3</c>, <c>MP4</c>.</param>
/// <param name="Codec">For example <c>pcm_s16le</c>, <c>mu-law</c>, <c>aac</c>.</param>
/// <param name="SampleRate">Hz, of the decoded samples.</param>
/// <param name="Channels">Interleaved channels of the decoded samples.</param>
/// <param name="Duration">Null where only decoding the whole recording would tell.</param>
/// <param name="Decoder">What decodes it: <c>built-in</c>, <c>libsndfile</c> or <c>ffmpeg</c>.</param>
public sealed record AudioFormat(
    string Container, string Codec, int SampleRate, int Channels, TimeSpan? Duration, string Decoder)
{
    /// <summary>
    /// Version of a decoder that is not part of this library, as it names itself; for a built-in one that is a package, the package's
    /// name and version, for example <c>NLayer 3.0.1</c>; else null.
    /// </summary>
    public string? DecoderVersion { get; init; }
}
