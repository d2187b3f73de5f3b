namespace SpeechEmotion.Client.Results;

/// <summary>How a recording was turned into the sound that the model processed.</summary>
public sealed record DecodedAudio
{
    /// <summary>The container, for example <c>WAV</c>, <c>MP3</c>; <c>samples</c> for samples in memory.</summary>
    public required string Container { get; init; }

    /// <summary>The codec, for example <c>pcm_s16le</c>, <c>aac</c>.</summary>
    public required string Codec { get; init; }

    /// <summary><c>built-in</c>, <c>libsndfile</c> or <c>ffmpeg</c>.</summary>
    public required string Decoder { get; init; }

    /// <summary>
    /// The version of the decoder; for a built-in decoder that is a package, its name and version (<c>NLayer 3.0.1</c>); otherwise
    /// null.
    /// </summary>
    public string? DecoderVersion { get; init; }

    /// <summary>The sample rate of the recording, in Hz.</summary>
    public required int SampleRate { get; init; }

    /// <summary>The number of channels of the recording.</summary>
    public required int Channels { get; init; }

    /// <summary>
    /// How the channels were mixed: <c>none</c> (there is only one), <c>average</c>, <c>loudest</c> (their average, and the loudest
    /// channel where they cancel each other), or <c>apart</c>: the model processed each separately.
    /// </summary>
    public required string Mixing { get; init; }

    /// <summary>The filter that resampled the recording to 16 kHz; null if it already has that rate.</summary>
    public string? Resampling { get; init; }
}
