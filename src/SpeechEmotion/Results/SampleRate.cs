namespace SpeechEmotion.Results;

/// <summary>The sample rate of every waveform that a model processes.</summary>
public static class SampleRate
{
    /// <summary>Samples per second.</summary>
    public const int Hz = 16_000;
}
