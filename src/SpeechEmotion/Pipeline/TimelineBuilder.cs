using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>Combines the segments of a recording, or of a live stream, into its timeline.</summary>
/// <param name="roles">A name for each channel.</param>
internal sealed class TimelineBuilder(IReadOnlyList<string> roles)
{
    private readonly List<TimelineSegment> _segments = [];

    /// <summary>Whether no speech was added so far.</summary>
    public bool IsEmpty => _segments.Count == 0;

    /// <summary>Adds a part of a segment with its scores.</summary>
    public TimelineSegment Add(int channel, EmotionSpan part, EmotionScores scores)
    {
        var segment = new TimelineSegment
        {
            Channel = channel,
            Start = (double)part.Start / SampleRate.Hz,
            End = (double)(part.Start + part.Length) / SampleRate.Hz,
            Scores = scores,
            Quality = SegmentQuality.Notes(part.Samples.Span, (double)part.Voiced / SampleRate.Hz, scores),
        };
        _segments.Add(segment);
        return segment;
    }

    /// <summary>Builds the timeline of a recording with this number of samples at 16 kHz.</summary>
    public Timeline Build(long samples)
    {
        var seconds = (double)samples / SampleRate.Hz;
        // Segments were added in the order in which they ended, not by start time.
        TimelineSegment[] ordered = [.. _segments.OrderBy(segment => segment.Start).ThenBy(segment => segment.Channel)];
        var channels = roles.Select((role, index) => new TimelineChannel(
            index, role, Summarize(ordered.Where(segment => segment.Channel == index), seconds)));
        return new([.. channels], ordered, [.. Transitions(ordered)], Summarize(ordered, seconds));
    }

    /// <summary>Returns the changes of emotion from one segment of a channel to the next.</summary>
    /// <param name="segments">The segments, sorted by start, then by channel.</param>
    public static IEnumerable<EmotionTransition> Transitions(IEnumerable<TimelineSegment> segments)
    {
        var last = new Dictionary<int, TimelineSegment>();
        foreach (var segment in segments)
        {
            if (last.TryGetValue(segment.Channel, out var before) && before.Emotion != segment.Emotion)
            {
                yield return new(
                    segment.Start, segment.Channel, before.Emotion, segment.Emotion, Math.Min(before.Confidence, segment.Confidence));
            }
            last[segment.Channel] = segment;
        }
    }

    private static TimelineSummary Summarize(IEnumerable<TimelineSegment> segments, double seconds)
    {
        var times = new double[EmotionScores.Count];
        var (speech, until) = (0.0, 0.0);
        foreach (var segment in segments)
        {
            times[(int)segment.Emotion] += segment.Duration;
            // Count overlapping speech only once.
            speech += Math.Max(0, segment.End - Math.Max(until, segment.Start));
            until = Math.Max(until, segment.End);
        }
        var total = times.Sum();
        if (total == 0)
            return new(0, seconds, null, null);
        var shares = new EmotionScores(Array.ConvertAll(times, time => (float)(time / total)));
        return new(speech, Math.Max(0, seconds - speech), shares.Top, shares);
    }
}
