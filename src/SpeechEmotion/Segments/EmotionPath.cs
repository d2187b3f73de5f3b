using SpeechEmotion.Results;

namespace SpeechEmotion.Segments;

/// <summary>
/// The sequence of emotions that explains a row of pieces best if each change costs a price, which keeps it from flickering
/// (Viterbi 1967, with one price for all changes).
/// </summary>
internal static class EmotionPath
{
    /// <summary>Finds one emotion for each piece.</summary>
    /// <param name="pieces">The pieces in order of time.</param>
    /// <param name="price">The price of a change, in log probability times seconds; 0 takes the top of each piece.</param>
    public static int[] Find(IReadOnlyList<SegmentChunk> pieces, double price)
    {
        var best = new double[EmotionScores.Count];
        var from = new int[pieces.Count, EmotionScores.Count];
        for (var i = 0; i < pieces.Count; i++)
        {
            var leader = Array.IndexOf(best, best.Max());
            var changed = best[leader] - price;
            for (var emotion = 0; emotion < best.Length; emotion++)
            {
                var stays = i == 0 || best[emotion] >= changed;
                from[i, emotion] = stays ? emotion : leader;
                best[emotion] = (stays ? best[emotion] : changed) + pieces[i].Evidence(emotion);
            }
        }
        var path = new int[pieces.Count];
        path[^1] = Array.IndexOf(best, best.Max());
        for (var i = pieces.Count - 1; i > 0; i--)
            path[i - 1] = from[i, path[i]];
        return path;
    }
}
