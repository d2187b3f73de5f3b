namespace SpeechEmotion.Quality;

/// <summary>The sound in a recording, its pauses left out.</summary>
/// <param name="Loudest">dBFS that the loudest 0.2 s reach.</param>
/// <param name="Blocks">Blocks of 20 ms with sound.</param>
/// <param name="Level">dBFS, RMS of those blocks.</param>
/// <param name="HighBandLevel">dB: their energy above 4.75 kHz against all of it.</param>
internal readonly record struct SoundLevels(int Loudest, long Blocks, double Level, double HighBandLevel);
