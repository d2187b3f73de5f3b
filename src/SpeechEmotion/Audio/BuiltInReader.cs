using SpeechEmotion.Audio.Flac;
using SpeechEmotion.Audio.Mpeg;
using SpeechEmotion.Audio.Ogg;
using SpeechEmotion.Audio.Sniffing;
using SpeechEmotion.Audio.Wav;

namespace SpeechEmotion.Audio;

/// <summary>The decoders that are part of this library and need nothing on the machine: WAV, FLAC, MP3, Ogg Vorbis and Opus.</summary>
internal static class BuiltInReader
{
    /// <summary>What decodes MP3, as provenance names it.</summary>
    public const string NLayer = "NLayer 3.0.1";

    /// <summary>What decodes Vorbis, as provenance names it.</summary>
    public const string NVorbis = "NVorbis 0.10.5";

    /// <summary>What decodes Opus, as provenance names it.</summary>
    public const string Concentus = "Concentus 2.2.2";

    /// <summary>Opens a recording; null where its container or its encoding is none of theirs.</summary>
    /// <exception cref="Errors.AudioException">It is one of theirs, but damaged.</exception>
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
