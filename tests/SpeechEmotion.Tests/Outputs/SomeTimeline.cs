using System.Text;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Outputs;

/// <summary>Synthetic timelines to write.</summary>
internal static class SomeTimeline
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(8.31725);

    /// <summary>Roles chosen with bad intent, or without regard to file formats.</summary>
    public static readonly string[] HostileRoles =
    [
        "客户", "\"a\", b", "x --> y", "</v><b>&lt;{\\an8}", "one\r\ntwo\n\n3\n00:00:00,000 --> 00:00:09,000\t4", "=cmd()",
        " +1", "\t@x", "half \ud83d", "", "\n",
    ];

    /// <summary>
    /// Returns three segments that alternate between the channels; rounding puts the end of the last one beyond the recording.
    /// </summary>
    public static Timeline With(params string[] roles) => Of(roles,
    [
        Segment(0, 0.38, 3.1, Emotion.Angry, 0.83119f),
        Segment(1 % roles.Length, 3.1, 3.44, Emotion.Neutral, 0.605f) with
        {
            Quality = [Note(QualityReason.TooShort), Note(QualityReason.LowLevel)],
        },
        Segment(0, 5.26, 8.3173, Emotion.Happy, 1f),
    ]);

    /// <summary>A channel without speech.</summary>
    public static Timeline Empty { get; } =
        new([new(0, "mix", new(0, 8.31725, null, null))], [], [], new(0, 8.31725, null, null));

    /// <summary>Returns consecutive segments on two simultaneous channels.</summary>
    public static Timeline Many(int count) => Of(["customer", "agent"],
        [.. Enumerable.Range(0, count).Select(i => Segment(i % 2, i / 2 * 3.06, ((i / 2) + 1) * 3.06, (Emotion)(i % 9), 0.5f))]);

    public static TimelineSegment Segment(int channel, double start, double end, Emotion emotion, float confidence)
    {
        var scores = new float[EmotionScores.Count];
        Array.Fill(scores, (1 - confidence) / (EmotionScores.Count - 1));
        scores[(int)emotion] = confidence;
        return new() { Channel = channel, Start = start, End = end, Scores = new(scores), Quality = [] };
    }

    public static byte[] Bytes(Timeline timeline, TimelineFormat format, string language = "en", TimeSpan? duration = null)
    {
        using var stream = new MemoryStream();
        TimelineFile.Write(stream, timeline, format, duration ?? Duration, language);
        if (format == TimelineFormat.Json)
            Contract.Timeline.ShouldAccept(Encoding.UTF8.GetString(stream.ToArray()), "The timeline");
        return stream.ToArray();
    }

    /// <summary>Returns the file as text, which must be UTF-8.</summary>
    public static string Text(Timeline timeline, TimelineFormat format, string language = "en", TimeSpan? duration = null) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(timeline, format, language, duration));

    private static Timeline Of(string[] roles, TimelineSegment[] segments)
    {
        var summary = new TimelineSummary(6.1173, 2.2, Emotion.Happy, new([1f / 3, 0, 0, 1f / 3, 1f / 3, 0, 0, 0, 0]));
        return new(
            [.. roles.Select((role, i) => new TimelineChannel(i, role, summary))], segments,
            [new(3.1, 0, Emotion.Angry, Emotion.Neutral, 0.605f)], summary);
    }

    private static QualityNote Note(QualityReason reason) => new(reason, 0.34, "Weak.", "很弱。");
}
