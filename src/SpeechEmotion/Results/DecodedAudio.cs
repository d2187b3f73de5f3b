namespace SpeechEmotion.Results;

/// <summary>How a recording became what the model heard.</summary>
public sealed record DecodedAudio
{
    /// <summary>For example <c>WAV</c>, <c>MP3</c>; <c>samples</c> for samples in memory.</summary>
    public required string Container { get; init; }

    /// <summary>For example <c>pcm_s16le</c>, <c>aac</c>.</summary>
    public required string Codec { get; init; }

    /// <summary><c>built-in</c>, <c>libsndfile</c> or <c>ffmpeg</c>.</summary>
    public required string Decoder { get; init; }

    /// <summary>The decoder's own version; for a built-in one that is a package, its name and version (<c>NLayer 3.0.1</c>); else null.</summary>
    public string? DecoderVersion { get; init; }

    /// <summary>Of the recording, in Hz.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Of the recording.</summary>
    public required int Channels { get; init; }

    /// <summary>What became of the channels: <c>none</c> (there is one), <c>average</c>, <c>loudest</c> (their average, and the loudest where they cancel each other), or <c>apart</c>: each was heard by itself.</summary>
    public required string Mixing { get; init; }

    /// <summary>The filter that made 16 kHz of it; null where it has that rate.</summary>
    public string? Resampling { get; init; }
}
