namespace SpeechEmotion.Results;

/// <summary>A fixed-length representation of speech, for similarity, clustering and trained heads.</summary>
/// <param name="Values">
/// float32, row by row: (<paramref name="Dimension"/>) for an utterance, (frames, <paramref name="Dimension"/>) for frames. Each
/// frame of <see cref="Recognition.Frames"/> that has scores has a row; silence between segments has none.
/// </param>
/// <param name="Dimension">1024 for emotion2vec_plus_large, 768 for the base family, 320 for compact.</param>
public sealed record Embedding(ReadOnlyMemory<float> Values, int Dimension)
{
    /// <summary>Number of rows.</summary>
    public int Rows => Values.Length / Dimension;
}
