namespace SpeechEmotion.Audio;

/// <summary>The format of a recording, as its header states it.</summary>
/// <param name="Container">The container, for example <c>WAV</c>, <c>FLAC</c>, <c>MP3</c>, <c>MP4</c>.</param>
/// <param name="Codec">The encoding, for example <c>pcm_s16le</c>, <c>mu-law</c>, <c>aac</c>.</param>
/// <param name="SampleRate">The rate of the decoded samples, in Hz.</param>
/// <param name="Channels">The number of interleaved channels of the decoded samples.</param>
/// <param name="Duration">The duration; null if it is known only after decoding the whole recording.</param>
/// <param name="Decoder">The decoder: <c>built-in</c>, <c>libsndfile</c> or <c>ffmpeg</c>.</param>
public sealed record AudioFormat(
    string Container, string Codec, int SampleRate, int Channels, TimeSpan? Duration, string Decoder)
{
    /// <summary>
    /// The version of a decoder outside this library, as the decoder reports it; for a built-in decoder from a package, the name and
    /// version of the package, for example <c>NLayer 3.0.1</c>; otherwise null.
    /// </summary>
    public string? DecoderVersion { get; init; }
}
