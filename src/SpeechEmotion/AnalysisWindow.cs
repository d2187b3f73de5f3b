namespace SpeechEmotion;

/// <summary>A stretch of 16 kHz waveform that a model hears at once.</summary>
/// <param name="Start">Its first sample, counted from the start of the recording.</param>
/// <param name="Samples">What the model hears; valid until the next window is asked for.</param>
/// <param name="NewCount">How many of these no earlier window had; the rest is the overlap with the next window.</param>
/// <param name="IsWhole">True where it is the whole recording.</param>
internal readonly record struct AnalysisWindow(long Start, ReadOnlyMemory<float> Samples, int NewCount, bool IsWhole)
{
    /// <summary>The samples of this window that do not come again in the next.</summary>
    public ReadOnlyMemory<float> NewSamples => Samples[..NewCount];
}
