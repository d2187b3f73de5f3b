namespace SpeechEmotion.Audio.Wav;

/// <summary>Samples of a WAV file that lie together.</summary>
/// <param name="Start">First byte in the file.</param>
/// <param name="Length">Bytes.</param>
internal sealed record WavData(long Start, long Length);
