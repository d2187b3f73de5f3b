using System.Text.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Timelines;

/// <summary>Parses the JSON that <see cref="TimelineJson"/> writes. Throws if a field is missing or of another kind.</summary>
internal static class TimelineElements
{
    /// <summary>Slightly more than half of the last decimal of a score: two equal scores cannot differ by more after rounding.</summary>
    private const float Rounding = 0.000101f;

    public static Timeline Read(JsonElement timeline)
    {
        var channels = Each(timeline, "channels", Channel);
        if (channels.Length == 0 || channels.Where((channel, i) => channel.Index != i).Any())
            throw new FormatException("The channels are not counted from 0.");
        return new(
            channels, Each(timeline, "segments", Segment), Each(timeline, "transitions", Transition),
            Summary(timeline.GetProperty("summary")));
    }

    private static TimelineChannel Channel(JsonElement channel) =>
        new(channel.GetProperty("index").GetInt32(), Text(channel, "role"), Summary(channel));

    private static TimelineSegment Segment(JsonElement segment) => new()
    {
        Channel = segment.GetProperty("channel").GetInt32(),
        Start = segment.GetProperty("start").GetDouble(),
        End = segment.GetProperty("end").GetDouble(),
        Scores = Led(Scores(segment.GetProperty("scores")), Emotion(segment, "emotion")),
        Quality = Each(segment, "quality", Note),
    };

    private static EmotionTransition Transition(JsonElement transition) => new(
        transition.GetProperty("time").GetDouble(), transition.GetProperty("channel").GetInt32(),
        Emotion(transition, "from"), Emotion(transition, "to"), transition.GetProperty("confidence").GetSingle());

    private static TimelineSummary Summary(JsonElement summary)
    {
        var silent = summary.GetProperty("dominant").ValueKind == JsonValueKind.Null;
        return new(
            summary.GetProperty("speech").GetDouble(), summary.GetProperty("silence").GetDouble(),
            silent ? null : Emotion(summary, "dominant"), silent ? null : new(Scores(summary.GetProperty("shares"))));
    }

    private static QualityNote Note(JsonElement note)
    {
        var key = Text(note, "reason");
        foreach (var reason in Enum.GetValues<QualityReason>())
        {
            var read = new QualityNote(reason, note.GetProperty("value").GetDouble(), Text(note, "text"), Text(note, "text_zh"));
            if (read.Key == key)
                return read;
        }
        throw new FormatException($"There is no reason {key}.");
    }

    private static float[] Scores(JsonElement scores) =>
        [.. EmotionNames.All.Select(emotion => scores.GetProperty(emotion.Key()).GetSingle())];

    /// <summary>If rounding made two scores equal, keeps the score of the named emotion the larger one.</summary>
    private static EmotionScores Led(float[] scores, Emotion emotion)
    {
        var most = scores.Max();
        if (scores[(int)emotion] < most - Rounding)
            throw new FormatException("The emotion is not the most probable one.");
        if (new EmotionScores(scores).Top != emotion)
            scores[(int)emotion] = MathF.BitIncrement(most);
        return new(scores);
    }

    private static Emotion Emotion(JsonElement json, string name) =>
        EmotionNames.FromKey(Text(json, name)) ?? throw new FormatException($"There is no emotion {Text(json, name)}.");

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    private static T[] Each<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        [.. json.GetProperty(name).EnumerateArray().Select(read)];
}
