using System.Text.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>The timeline of a result, with the numbers as stored: rounded, not repaired for further computation.</summary>
/// <param name="Speech">Seconds with speech.</param>
/// <param name="Segments">All segments of speech, in the order of the timeline.</param>
/// <param name="Transitions">All changes of emotion, in the order of the timeline.</param>
internal sealed record RowTimeline(double Speech, IReadOnlyList<RowSegment> Segments, IReadOnlyList<RowTransition> Transitions)
{
    /// <summary>Parses the field <c>timeline</c>. Throws if a field is missing or of another kind.</summary>
    public static RowTimeline Of(JsonElement timeline)
    {
        string[] roles = [.. timeline.GetProperty("channels").EnumerateArray().Select(channel => Text(channel, "role"))];
        return new(
            timeline.GetProperty("summary").GetProperty("speech").GetDouble(),
            [.. timeline.GetProperty("segments").EnumerateArray().Select((segment, number) => SegmentOf(segment, number, roles))],
            [.. timeline.GetProperty("transitions").EnumerateArray().Select(transition => TransitionOf(transition, roles))]);
    }

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

    private static Emotion EmotionIn(JsonElement json, string name) => EmotionNames.FromKey(Text(json, name))
        ?? throw new FormatException($"There is no emotion {Text(json, name)}.");

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
}
