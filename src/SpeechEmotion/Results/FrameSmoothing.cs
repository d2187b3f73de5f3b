namespace SpeechEmotion.Results;

/// <summary>Frame scores as a person should see them.</summary>
internal static class FrameSmoothing
{
    /// <summary>
    /// Averages the scores of all frames within half of <paramref name="seconds"/> before and after each frame. Frames
    /// without scores are left out of the averages and stay without.
    /// </summary>
    /// <param name="frames">Raw frames in order of time.</param>
    /// <param name="seconds">Width of the window; 1 s by default.</param>
    /// <param name="hop">Keep one frame in this many: 1 keeps all (50 a second), 5 gives 10 a second.</param>
    public static IReadOnlyList<FrameScores> Smooth(this IReadOnlyList<FrameScores> frames, double seconds = 1.0, int hop = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hop, 1);
        var smoothed = new List<FrameScores>((frames.Count / hop) + 1);
        var sum = new double[EmotionScores.Count];
        int from = 0, to = 0, spoken = 0;
        for (var i = 0; i < frames.Count; i += hop)
        {
            var centre = frames[i].Start;
            for (; to < frames.Count && frames[to].Start <= centre + (seconds / 2); to++)
                spoken += Add(sum, frames[to].Scores, +1);
            for (; frames[from].Start < centre - (seconds / 2); from++)
                spoken += Add(sum, frames[from].Scores, -1);
            if (spoken == 0)
                Array.Clear(sum); // What rounding left of one stretch of speech must not come into the next.
            smoothed.Add(new(centre, frames[i].Scores is null ? null : Mean(sum, spoken)));
        }
        return smoothed;
    }

    private static EmotionScores Mean(double[] sum, int count) => new(Array.ConvertAll(sum, s => (float)Math.Max(0, s / count)));

    /// <summary>Adds or takes away the scores of one frame; how many frames more there are then.</summary>
    private static int Add(double[] sum, EmotionScores? scores, int sign)
    {
        if (scores is null)
            return 0;
        for (var k = 0; k < sum.Length; k++)
            sum[k] += sign * (double)scores.Values[k];
        return sign;
    }
}
