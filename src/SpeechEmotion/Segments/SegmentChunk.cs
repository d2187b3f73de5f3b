using SpeechEmotion.Inference;

namespace SpeechEmotion.Segments;

/// <summary>What a model heard at once of a segment, and gave.</summary>
/// <param name="Start">Its first sample, counted from the start of the recording.</param>
/// <param name="From">Grid step of its start, counted from the segment's.</param>
/// <param name="To">Grid step of its end.</param>
/// <param name="Frames">The model's frames of this piece by itself.</param>
/// <param name="Count">How many of them are complete: a model may give one more for what is left over at the end.</param>
/// <param name="Logits">Mean of the frames' logits.</param>
/// <param name="LogScores">Logarithms of the nine probabilities.</param>
internal sealed record SegmentChunk(long Start, int From, int To, ModelFrames Frames, int Count, float[] Logits, float[] LogScores)
{
    /// <summary>Its length in grid steps.</summary>
    public int Steps => To - From;

    /// <summary>How well an emotion explains it: log probability times seconds.</summary>
    public double Evidence(int emotion) => LogScores[emotion] * (Steps * FrameGrid.HopSeconds);
}
