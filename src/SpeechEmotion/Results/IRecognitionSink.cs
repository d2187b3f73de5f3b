namespace SpeechEmotion.Results;

/// <summary>
/// Receives the data that a recognition produces, block by block, so that a recording of any length needs only a block of
/// memory. Its methods are called in order, from one thread.
/// </summary>
public interface IRecognitionSink
{
    /// <summary>Receives the next samples that the model processes: 16 kHz, mono.</summary>
    void Waveform(ReadOnlySpan<float> samples);

    /// <summary>
    /// Receives the features of the next processed frames, row by row: one every 20 ms for a recording that is processed as a
    /// whole, only frames of speech for one that is processed by segments. <see cref="Recognition.Frames"/> has their times: each
    /// frame with scores has a row.
    /// </summary>
    /// <param name="features">float32 (frames, <paramref name="dimension"/>); empty if there is no speech.</param>
    /// <param name="dimension">Length of one row.</param>
    void Frames(ReadOnlySpan<float> features, int dimension);
}
