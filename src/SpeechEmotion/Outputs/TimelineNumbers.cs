using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs;

/// <summary>Looks a timeline over before it is written: no format has a word for what is not a number.</summary>
internal static class TimelineNumbers
{
    /// <exception cref="ArgumentException">
    /// A number is not finite, a segment ends before it starts or before the recording, or its channel does not exist.
    /// </exception>
    public static void Check(Timeline timeline)
    {
        var right = timeline.Segments.All(segment => IsRight(segment, timeline.Channels.Count))
            && timeline.Transitions.All(transition => double.IsFinite(transition.Time) && float.IsFinite(transition.Confidence))
            && timeline.Channels.Select(channel => channel.Summary).Append(timeline.Summary).All(IsRight);
        if (!right)
            throw new ArgumentException("The timeline has a number that is not finite, or a segment that is nowhere.", nameof(timeline));
    }

    private static bool IsRight(TimelineSegment segment, int channels) =>
        segment is { Start: >= 0, Channel: >= 0 } && segment.Channel < channels && segment.End >= segment.Start
        && double.IsFinite(segment.End) && IsRight(segment.Scores);

    private static bool IsRight(TimelineSummary summary) =>
        double.IsFinite(summary.Speech) && double.IsFinite(summary.Silence) && (summary.Shares is null || IsRight(summary.Shares));

    private static bool IsRight(EmotionScores scores)
    {
        foreach (var value in scores.Values)
        {
            if (!float.IsFinite(value))
                return false;
        }
        return true;
    }
}
