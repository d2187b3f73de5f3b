using SpeechEmotion.Audio.Flac;
using SpeechEmotion.Audio.Mpeg;
using SpeechEmotion.Audio.Ogg;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Audio.Wav;

namespace SpeechEmotion.Audio;

/// <summary>The decoders of this library, which need no installed program: WAV, FLAC, MP3, Ogg Vorbis and Opus.</summary>
internal static class BuiltInReader
{
    /// <summary>The MP3 decoder, as provenance records name it.</summary>
    public const string NLayer = "NLayer 3.0.1";

    /// <summary>The Vorbis decoder, as provenance records name it.</summary>
    public const string NVorbis = "NVorbis 0.10.5";

    /// <summary>The Opus decoder, as provenance records name it.</summary>
    public const string Concentus = "Concentus 2.2.2";

    /// <summary>Opens a recording; null if the library does not decode its container or encoding.</summary>
    /// <exception cref="Errors.AudioException">The library decodes the format, but the recording is damaged.</exception>
    public static IAudioReader? TryOpen(AudioInput source, AudioContainer container)
    {
        if (container == AudioContainer.Wav)
            return WavReader.TryOpen(source) is { } wav ? WavParts.Join(wav, source) : null;
        if (container == AudioContainer.Flac)
            return FlacReader.Open(source);
        if (container == AudioContainer.Mp3)
            return MpegReader.TryOpen(source);
        return container == AudioContainer.Ogg ? OggReader.TryOpen(source) : null;
    }
}
