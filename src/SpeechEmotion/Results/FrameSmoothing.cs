namespace SpeechEmotion.Results;

/// <summary>Smooths frame scores for display.</summary>
public static class FrameSmoothing
{
    /// <summary>
    /// Averages the scores of all frames within half of <paramref name="seconds"/> before and after each frame. Frames
    /// without scores are excluded from the averages and remain without scores.
    /// </summary>
    /// <param name="frames">The raw frames in order of time.</param>
    /// <param name="seconds">The width of the window; 1 s by default.</param>
    /// <param name="hop">The interval of the frames to keep: 1 keeps all (50 a second), 5 gives 10 a second.</param>
    public static IReadOnlyList<FrameScores> Smooth(this IReadOnlyList<FrameScores> frames, double seconds = 1.0, int hop = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hop, 1);
        var smoothed = new List<FrameScores>((frames.Count / hop) + 1);
        var sum = new double[EmotionScores.Count];
        int from = 0, to = 0, spoken = 0;
        for (var i = 0; i < frames.Count; i += hop)
        {
            var center = frames[i].Start;
            for (; to < frames.Count && frames[to].Start <= center + (seconds / 2); to++)
                spoken += Add(sum, frames[to].Scores, +1);
            for (; frames[from].Start < center - (seconds / 2); from++)
                spoken += Add(sum, frames[from].Scores, -1);
            if (spoken == 0)
                Array.Clear(sum); // Rounding errors of one stretch of speech must not leak into the next.
            smoothed.Add(new(center, frames[i].Scores is null ? null : Mean(sum, spoken)));
        }
        return smoothed;
    }

    private static EmotionScores Mean(double[] sum, int count) => new(Array.ConvertAll(sum, s => (float)Math.Max(0, s / count)));

    /// <summary>Adds or subtracts the scores of one frame; returns the change in the number of frames.</summary>
    private static int Add(double[] sum, EmotionScores? scores, int sign)
    {
        if (scores is null)
            return 0;
        for (var k = 0; k < sum.Length; k++)
            sum[k] += sign * (double)scores.Values[k];
        return sign;
    }
}
