namespace SpeechEmotion.Audio.Wav;

/// <summary>How the samples of a WAV file are written.</summary>
internal enum WavEncoding
{
    Unsigned8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
    Float64,
    MuLaw,
    ALaw,
    MsAdpcm,
    ImaAdpcm,
}
