namespace SpeechEmotion.Segments;

/// <summary>A stretch of one channel in which somebody speaks.</summary>
/// <param name="Start">Its first sample at 16 kHz, counted from the start of the recording; on the grid of 20 ms.</param>
/// <param name="Length">Its samples; on the grid, except at the end of the recording.</param>
/// <param name="Voiced">How many of them are speech, without the padding.</param>
/// <param name="Samples">
/// The samples, and 5 ms more where there are: a frame hears 25 ms, so then all frames that begin in the segment are complete.
/// </param>
internal sealed record SpeechSegment(long Start, int Length, int Voiced, ReadOnlyMemory<float> Samples)
{
    /// <summary>The first sample after it.</summary>
    public long End => Start + Length;
}
