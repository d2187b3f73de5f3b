namespace SpeechEmotion.Audio.Wav;

/// <summary>The encoding of the samples in a WAV file.</summary>
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
