namespace SpeechEmotion.Quality;

/// <summary>The levels of the sound in a recording, without its pauses.</summary>
/// <param name="Loudest">The level that the loudest 0.2 s reach, in dBFS.</param>
/// <param name="Blocks">The number of blocks of 20 ms with sound.</param>
/// <param name="Level">The RMS of those blocks, in dBFS.</param>
/// <param name="HighBandLevel">Their energy above 4.75 kHz relative to all energy, in dB.</param>
internal readonly record struct SoundLevels(int Loudest, long Blocks, double Level, double HighBandLevel);
