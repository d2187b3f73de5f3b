namespace SpeechEmotion.Results;

/// <summary>A fixed-length description of speech, for similarity, clustering and trained heads.</summary>
/// <param name="Values">
/// float32, row by row: (<paramref name="Dimension"/>) for an utterance, (frames, <paramref name="Dimension"/>) for frames. There is a
/// row for each frame of <see cref="Recognition.Frames"/> that has scores, so none for silence between segments.
/// </param>
/// <param name="Dimension">1024 for emotion2vec_plus_large, 768 for the base family, 320 for compact.</param>
public sealed record Embedding(ReadOnlyMemory<float> Values, int Dimension)
{
    /// <summary>Number of rows.</summary>
    public int Rows => Values.Length / Dimension;
}
