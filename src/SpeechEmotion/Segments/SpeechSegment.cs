namespace SpeechEmotion.Segments;

/// <summary>A stretch of speech on one channel.</summary>
/// <param name="Start">The first sample at 16 kHz, counted from the start of the recording; on the grid of 20 ms.</param>
/// <param name="Length">The number of samples; on the grid, except at the end of the recording.</param>
/// <param name="Voiced">The number of samples that are speech, without the padding.</param>
/// <param name="Samples">
/// The samples, and 5 ms more if available: a frame covers 25 ms, so all frames that begin in the segment are then complete.
/// </param>
internal sealed record SpeechSegment(long Start, int Length, int Voiced, ReadOnlyMemory<float> Samples)
{
    /// <summary>The first sample after the segment.</summary>
    public long End => Start + Length;
}
