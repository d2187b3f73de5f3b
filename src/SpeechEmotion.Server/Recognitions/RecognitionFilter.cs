using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The query parameters that choose recognitions of the history.</summary>
internal sealed record RecognitionFilter
{
    [FromQuery(Name = "emotion"), Description("Only results with this emotion: that of dominant, if it is not null.")]
    public string? Emotion { get; init; }

    [FromQuery(Name = "state"), Description("Only recognitions in this state.")]
    public string? State { get; init; }

    [FromQuery(Name = "from"), Description("Only recognitions created at or after this time; UTC if it has no offset.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Only recognitions created at or before this time; UTC if it has no offset.")]
    public string? To { get; init; }

    [FromQuery(Name = "min_confidence"), Description("Only results with at least this confidence, 0 to 1.")]
    public string? MinConfidence { get; init; }

    [FromQuery(Name = "max_confidence"), Description("Only results with at most this confidence, 0 to 1.")]
    public string? MaxConfidence { get; init; }

    [FromQuery(Name = "name"), Description("Only recordings whose file name contains this text.")]
    public string? Name { get; init; }

    /// <summary>Returns the query, without a page.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal HistoryQuery ToHistory() => new()
    {
        Emotion = Emotion is not { Length: > 0 } emotion ? null : EmotionNames.FromKey(emotion) ?? throw Unknown(
            "emotion", "情感", emotion, EmotionNames.All.Select(known => known.Key())),
        State = State is not { Length: > 0 } state ? null : StateOf(state),
        From = RequestErrors.TimeIn("from", From),
        To = RequestErrors.TimeIn("to", To),
        MinConfidence = (float?)RequestErrors.NumberIn("min_confidence", MinConfidence, 0, 1),
        MaxConfidence = (float?)RequestErrors.NumberIn("max_confidence", MaxConfidence, 0, 1),
        Name = Name?.Contains('\0', StringComparison.Ordinal) != true ? Name : throw RequestErrors.Invalid(
            "name contains an invalid character.", "name 含有无效字符。"),
    };

    private static RecognitionState StateOf(string key)
    {
        var known = Choices.Of<RecognitionState>();
        // Find takes a name in any case; this parameter takes only the names of its contract.
        return known.Contains(key) && Choices.Find<RecognitionState>(key) is { } state ? state : throw Unknown("state", "状态", key, known);
    }

    private static RequestException Unknown(string what, string whatZh, string key, IEnumerable<string> known) => RequestErrors.Invalid(
        $"There is no {what} {RequestErrors.Shown(key)}. Choose one of: {string.Join(", ", known)}.",
        $"没有{whatZh} {RequestErrors.Shown(key)}。可选：{string.Join("、", known)}。");
}
