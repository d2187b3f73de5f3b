using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Errors;
using SpeechEmotion.Server.History;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>What a list is asked for, as it stands in the address.</summary>
public sealed record RecognitionListQuery
{
    private const int MaxPageSize = 200;

    /// <summary>1 for the newest.</summary>
    [FromQuery(Name = "page")]
    public int? Page { get; init; }

    /// <summary>Recognitions on a page, 200 at most.</summary>
    [FromQuery(Name = "page_size")]
    public int? PageSize { get; init; }

    /// <summary>Key of an emotion.</summary>
    [FromQuery(Name = "emotion")]
    public string? Emotion { get; init; }

    /// <summary>A state.</summary>
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    /// <summary>From this time on.</summary>
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    /// <summary>Up to this time.</summary>
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    /// <summary>With at least this confidence.</summary>
    [FromQuery(Name = "min_confidence")]
    public float? MinConfidence { get; init; }

    /// <summary>With at most this confidence.</summary>
    [FromQuery(Name = "max_confidence")]
    public float? MaxConfidence { get; init; }

    /// <summary>With this in the recording's name.</summary>
    [FromQuery(Name = "name")]
    public string? Name { get; init; }

    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal HistoryQuery ToHistory() => new()
    {
        Page = Page is < 1 ? throw RequestErrors.Invalid("page begins at 1.", "page 从 1 开始。") : Page ?? 1,
        PageSize = PageSize is < 1 or > MaxPageSize ? throw RequestErrors.Invalid("page_size is 1 to 200.", "page_size 为 1 到 200。") : PageSize ?? 20,
        Emotion = Emotion is not { Length: > 0 } emotion ? null : EmotionNames.FromKey(emotion) ?? throw None(
            "emotion", "情感", emotion, EmotionNames.All.Select(known => known.Key())),
        State = State is not { Length: > 0 } state ? null : StateOf(state),
        From = From,
        To = To,
        MinConfidence = MinConfidence,
        MaxConfidence = MaxConfidence,
        Name = Name,
    };

    private static RecognitionState StateOf(string key)
    {
        var states = Enum.GetValues<RecognitionState>().ToDictionary(state => state.ToString().ToLowerInvariant());
        return states.TryGetValue(key, out var state) ? state : throw None("state", "状态", key, states.Keys);
    }

    private static RequestException None(string what, string whatZh, string key, IEnumerable<string> known) => RequestErrors.Invalid(
        $"There is no {what} {RequestErrors.Shown(key)}. There are: {string.Join(", ", known)}.",
        $"没有{whatZh} {RequestErrors.Shown(key)}。可选：{string.Join("、", known)}。");
}
