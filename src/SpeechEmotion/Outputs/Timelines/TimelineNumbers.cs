using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>Checks a timeline before it is written: no format can represent NaN or infinity.</summary>
internal static class TimelineNumbers
{
    // Far above any real time, and far below the limit of the rounding functions.
    internal const double MaxSeconds = 1e9;
    private const float MaxScore = 2;

    /// <exception cref="ArgumentException">
    /// A number is not finite, a segment ends before it starts or starts before the recording, or its channel does not exist.
    /// </exception>
    public static void Check(Timeline timeline)
    {
        var right = timeline.Segments.All(segment => IsRight(segment, timeline.Channels.Count))
            && timeline.Transitions.All(transition => IsTime(transition.Time) && IsScore(transition.Confidence))
            && timeline.Channels.Select(channel => channel.Summary).Append(timeline.Summary).All(IsRight);
        if (!right)
            throw new ArgumentException("The timeline has a number that is not finite, or a segment without a place.", nameof(timeline));
    }

    private static bool IsRight(TimelineSegment segment, int channels) =>
        segment is { Start: >= 0, Channel: >= 0 } && segment.Channel < channels && segment.End >= segment.Start
        && IsTime(segment.End) && IsRight(segment.Scores);

    private static bool IsRight(TimelineSummary summary) =>
        IsTime(summary.Speech) && IsTime(summary.Silence) && (summary.Shares is null || IsRight(summary.Shares));

    private static bool IsRight(EmotionScores scores) => EmotionNames.All.All(emotion => IsScore(scores[emotion]));

    private static bool IsTime(double seconds) => Math.Abs(seconds) <= MaxSeconds;

    private static bool IsScore(float score) => Math.Abs(score) <= MaxScore;
}
