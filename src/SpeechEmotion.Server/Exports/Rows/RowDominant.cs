using System.Text.Json;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>The emotion of most of the speech of a recording.</summary>
/// <param name="Emotion">The emotion.</param>
/// <param name="Share">Its share of the speech time, in [0, 1], with the decimals that results have.</param>
internal sealed record RowDominant(Emotion Emotion, float Share)
{
    /// <summary>Parses the field <c>timeline</c> of a result; returns null without speech.</summary>
    public static RowDominant? Of(JsonElement timeline)
    {
        var summary = timeline.GetProperty("summary");
        if (summary.GetProperty("dominant").ValueKind == JsonValueKind.Null)
            return null;
        var emotion = RowTimeline.EmotionIn(summary, "dominant");
        return new(emotion, summary.GetProperty("shares").GetProperty(emotion.Key()).GetSingle());
    }

    /// <summary>Takes the emotion from the history.</summary>
    public static RowDominant? Of(DominantResource? dominant) =>
        dominant is null ? null : new(dominant.Emotion, (float)RecognitionFields.Score(dominant.Share));
}
