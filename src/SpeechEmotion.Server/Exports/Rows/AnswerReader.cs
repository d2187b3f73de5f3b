using System.Text.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>
/// Parses stored results. Skips the scores of frames, which may be megabytes, without building objects for them. Not thread-safe.
/// </summary>
internal sealed class AnswerReader
{
    /// <summary>Nearly all results of a batch name the same model; they then share one object.</summary>
    private RowModel? _last;

    /// <summary>Parses one line of <c>recognize --json</c>.</summary>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    /// <exception cref="FormatException">A field is missing, or is not what the product wrote.</exception>
    /// <exception cref="InvalidOperationException">A field is of another kind.</exception>
    /// <exception cref="KeyNotFoundException">A field of an object is missing.</exception>
    public RowAnswer Read(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new FormatException("The result is not an object.");
        (Emotion? emotion, Emotion? speechOnly, float? confidence, double? duration) = (null, null, null, null);
        (float[]? scores, string? granularity, RowModel? model) = (null, null, null);
        (RowTimeline? timeline, RowDominant? dominant) = (null, null);
        string[] quality = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "emotion": emotion = EmotionOf(json.GetString()); break;
                case "confidence": confidence = json.GetSingle(); break;
                case "scores": scores = ReadScores(ref json); break;
                case "granularity": granularity = GranularityOf(json.GetString()); break;
                case "duration": duration = json.GetDouble(); break;
                case "model": model = ModelOf(JsonElement.ParseValue(ref json)); break;
                case "quality": quality = ReasonsOf(JsonElement.ParseValue(ref json)); break;
                case "speech_only": speechOnly = EmotionOf(JsonElement.ParseValue(ref json).GetProperty("emotion").GetString()); break;
                case "timeline":
                    var element = JsonElement.ParseValue(ref json);
                    (timeline, dominant) = (RowTimeline.Of(element), RowDominant.Of(element));
                    break;
                default: json.Skip(); break;
            }
        }
        return new()
        {
            Emotion = emotion ?? throw Missing("emotion"),
            Confidence = confidence ?? throw Missing("confidence"),
            Scores = scores ?? throw Missing("scores"),
            Granularity = granularity ?? throw Missing("granularity"),
            Duration = duration ?? throw Missing("duration"),
            Model = model ?? throw Missing("model"),
            Quality = quality,
            SpeechOnly = speechOnly,
            Timeline = timeline,
            Dominant = dominant,
        };
    }

    private static float[] ReadScores(ref Utf8JsonReader json)
    {
        var scores = new float[EmotionScores.Count];
        var count = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var emotion = EmotionOf(json.GetString());
            json.Read();
            scores[(int)emotion] = json.GetSingle();
            count++;
        }
        return count == scores.Length ? scores : throw Missing("scores");
    }

    private RowModel ModelOf(JsonElement json)
    {
        var model = new RowModel(Text(json, "id"), Text(json, "precision"), Text(json, "hash"));
        if (model != _last)
            _last = model;
        return _last;
    }

    private static string[] ReasonsOf(JsonElement json) => [.. json.EnumerateArray().Select(note => Text(note, "reason"))];

    /// <summary>Returns the shared text, so that millions of rows do not hold one each.</summary>
    private static string GranularityOf(string? key) => Enum.GetValues<Granularity>().Select(value => value.Key())
        .FirstOrDefault(known => known == key) ?? throw new FormatException($"There is no granularity {key}.");

    private static Emotion EmotionOf(string? key) =>
        (key is null ? null : EmotionNames.FromKey(key)) ?? throw new FormatException($"There is no emotion {key}.");

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw Missing(name);

    private static FormatException Missing(string name) => new($"The field {name} is missing.");
}
