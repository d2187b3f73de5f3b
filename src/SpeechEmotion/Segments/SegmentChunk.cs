using SpeechEmotion.Inference;

namespace SpeechEmotion.Segments;

/// <summary>A piece of a segment that the model processed at once, with its result.</summary>
/// <param name="Start">The first sample, counted from the start of the recording.</param>
/// <param name="From">The grid step of its start, counted from the start of the segment.</param>
/// <param name="To">The grid step of its end.</param>
/// <param name="Frames">The model's frames of this piece alone.</param>
/// <param name="Count">The number of complete frames: a model may return one more for the remainder at the end.</param>
/// <param name="Logits">The mean of the frames' logits.</param>
/// <param name="LogScores">The logarithms of the nine probabilities.</param>
internal sealed record SegmentChunk(long Start, int From, int To, ModelFrames Frames, int Count, float[] Logits, float[] LogScores)
{
    /// <summary>The length in grid steps.</summary>
    public int Steps => To - From;

    /// <summary>How well an emotion explains the piece: log probability times seconds.</summary>
    public double Evidence(int emotion) => LogScores[emotion] * (Steps * FrameGrid.HopSeconds);
}
