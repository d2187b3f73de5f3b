using System.Text.Json;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>The timeline of a result, with the numbers as stored: rounded, not repaired for further computation.</summary>
/// <param name="Speech">Seconds with speech.</param>
/// <param name="Count">Number of segments of speech.</param>
/// <param name="Segments">All segments of speech, in the order of the timeline; empty if a table does not need them.</param>
/// <param name="Transitions">All changes of emotion, in the order of the timeline; empty if a table does not need them.</param>
internal sealed record RowTimeline(
    double Speech, int Count, IReadOnlyList<RowSegment> Segments, IReadOnlyList<RowTransition> Transitions)
{
    /// <summary>Parses the field <c>timeline</c>. Throws if a field is missing or of another kind.</summary>
    public static RowTimeline Of(JsonElement timeline)
    {
        string[] roles = [.. timeline.GetProperty("channels").EnumerateArray().Select(channel => Text(channel, "role"))];
        RowSegment[] segments =
            [.. timeline.GetProperty("segments").EnumerateArray().Select((segment, number) => SegmentOf(segment, number, roles))];
        return new(
            timeline.GetProperty("summary").GetProperty("speech").GetDouble(), segments.Length, segments,
            [.. timeline.GetProperty("transitions").EnumerateArray().Select(transition => TransitionOf(transition, roles))]);
    }

    /// <summary>Takes the timeline from the database, with the decimals that results have.</summary>
    /// <param name="speech">Seconds with speech.</param>
    /// <param name="segments">All segments, in the order of the timeline.</param>
    public static RowTimeline Of(double speech, IReadOnlyList<SegmentEntry> segments)
    {
        var roles = segments.GroupBy(segment => segment.Channel).ToDictionary(channel => channel.Key, channel => channel.First().Role);
        var transitions = TimelineBuilder.Transitions(segments.Select(segment => new TimelineSegment
        {
            Channel = segment.Channel,
            Start = segment.Start,
            End = segment.End,
            Scores = new(segment.Scores),
            Quality = [],
        }));
        return new(
            Seconds(speech), segments.Count, [.. segments.Select(SegmentOf)],
            [.. transitions.Select(transition => new RowTransition(
                transition.Channel, roles[transition.Channel], Seconds(transition.Time), transition.From, transition.To,
                Score(transition.Confidence)))]);
    }

    /// <summary>Rounds seconds as results do.</summary>
    public static double Seconds(double value) => (double)RecognitionFields.Seconds(value);

    private static RowSegment SegmentOf(SegmentEntry segment) => new()
    {
        Number = segment.Number,
        Channel = segment.Channel,
        Role = segment.Role,
        Start = Seconds(segment.Start),
        End = Seconds(segment.End),
        Emotion = segment.Emotion,
        Confidence = Score(segment.Confidence),
        Scores = Array.ConvertAll(segment.Scores, Score),
    };

    private static float Score(float value) => (float)RecognitionFields.Score(value);

    private static RowSegment SegmentOf(JsonElement segment, int number, string[] roles)
    {
        var channel = segment.GetProperty("channel").GetInt32();
        var scores = segment.GetProperty("scores");
        return new()
        {
            Number = number,
            Channel = channel,
            Role = roles[channel],
            Start = segment.GetProperty("start").GetDouble(),
            End = segment.GetProperty("end").GetDouble(),
            Emotion = EmotionIn(segment, "emotion"),
            Confidence = segment.GetProperty("confidence").GetSingle(),
            Scores = [.. EmotionNames.All.Select(emotion => scores.GetProperty(emotion.Key()).GetSingle())],
        };
    }

    private static RowTransition TransitionOf(JsonElement transition, string[] roles)
    {
        var channel = transition.GetProperty("channel").GetInt32();
        return new(
            channel, roles[channel], transition.GetProperty("time").GetDouble(), EmotionIn(transition, "from"),
            EmotionIn(transition, "to"), transition.GetProperty("confidence").GetSingle());
    }

    /// <summary>Parses a field that holds the key of an emotion.</summary>
    internal static Emotion EmotionIn(JsonElement json, string name) => EmotionNames.FromKey(Text(json, name))
        ?? throw new FormatException($"There is no emotion {Text(json, name)}.");

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
}
