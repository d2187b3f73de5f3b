namespace SpeechEmotion.Audio.Wav;

/// <summary>Contiguous samples of a WAV file.</summary>
/// <param name="Start">The offset of the first byte in the file.</param>
/// <param name="Length">The length in bytes.</param>
internal sealed record WavData(long Start, long Length);
