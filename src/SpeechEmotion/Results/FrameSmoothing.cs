namespace SpeechEmotion.Results;

/// <summary>Frame scores as a person should see them.</summary>
public static class FrameSmoothing
{
    /// <summary>Averages the scores of all frames within half of <paramref name="seconds"/> before and after each frame.</summary>
    /// <param name="frames">Raw frames in order of time.</param>
    /// <param name="seconds">Width of the window; 1 s by default.</param>
    /// <param name="hop">Keep one frame in this many: 1 keeps all (50 a second), 5 gives 10 a second.</param>
    public static IReadOnlyList<FrameScores> Smooth(this IReadOnlyList<FrameScores> frames, double seconds = 1.0, int hop = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hop, 1);
        var smoothed = new List<FrameScores>((frames.Count / hop) + 1);
        var sum = new double[EmotionScores.Count];
        int from = 0, to = 0;
        for (var i = 0; i < frames.Count; i += hop)
        {
            var centre = frames[i].Start;
            for (; to < frames.Count && frames[to].Start <= centre + (seconds / 2); to++)
                Add(sum, frames[to].Scores, +1);
            for (; frames[from].Start < centre - (seconds / 2); from++)
                Add(sum, frames[from].Scores, -1);
            smoothed.Add(new(centre, new(Array.ConvertAll(sum, s => (float)Math.Max(0, s / (to - from))))));
        }
        return smoothed;
    }

    private static void Add(double[] sum, EmotionScores scores, int sign)
    {
        for (var k = 0; k < sum.Length; k++)
            sum[k] += sign * (double)scores.Values[k];
    }
}
