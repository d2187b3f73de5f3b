namespace SpeechEmotion.Results;

/// <summary>
/// Takes what a recognition produces on its way, block by block, so that a recording of any length needs only a block of
/// memory. Called in order, from one thread.
/// </summary>
public interface IRecognitionSink
{
    /// <summary>The next samples that the model heard: 16 kHz, mono.</summary>
    void Waveform(ReadOnlySpan<float> samples);

    /// <summary>
    /// The features of the next frames that were processed, row by row: in a recording that was processed whole one each 20 ms, by
    /// segments those of speech only. <see cref="Recognition.Frames"/> has their times: a row for each frame with scores.
    /// </summary>
    /// <param name="features">float32 (frames, <paramref name="dimension"/>); empty where there is no speech.</param>
    /// <param name="dimension">Length of one row.</param>
    void Frames(ReadOnlySpan<float> features, int dimension);
}
