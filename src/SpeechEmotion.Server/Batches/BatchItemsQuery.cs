using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>The query parameters of the list of a batch's recordings.</summary>
internal sealed record BatchItemsQuery
{
    private const int MaxLimit = 1000;

    /// <summary>The valid choices of each parameter with a fixed set of its own.</summary>
    public static IReadOnlyDictionary<string, string[]> KnownValues { get; } = new Dictionary<string, string[]>
    {
        ["state"] = Choices.Of<BatchItemState>(),
        ["sort"] = Choices.Of<BatchItemOrder>(),
    };

    [FromQuery(Name = "state"), Description("Only recordings in this state.")]
    public string? State { get; init; }

    [FromQuery(Name = "emotion"), Description("Only results with this emotion: that of dominant, if it is not null.")]
    public string? Emotion { get; init; }

    [FromQuery(Name = "code"), Description("Only errors with this code.")]
    public string? Code { get; init; }

    [FromQuery(Name = "name"), Description("Only recordings whose name contains this text.")]
    public string? Name { get; init; }

    [FromQuery(Name = "min_confidence"), Description("Only results with at least this confidence, 0 to 1.")]
    public string? MinConfidence { get; init; }

    [FromQuery(Name = "max_confidence"), Description("Only results with at most this confidence, 0 to 1.")]
    public string? MaxConfidence { get; init; }

    [FromQuery(Name = "sort"), Description("The order; default number, as they were added.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "descending"), Description("true: the greatest value first.")]
    public string? Descending { get; init; }

    [FromQuery(Name = "cursor"), Description("The value of `next` of the page before.")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "offset"), Description("The number of recordings to leave out, for tables that jump; not with cursor.")]
    public string? Offset { get; init; }

    [FromQuery(Name = "limit"), Description("Recordings per page, 1000 at most; default 100.")]
    public string? Limit { get; init; }

    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal BatchItemQuery ToQuery() => new()
    {
        State = RequestErrors.ChoiceIn<BatchItemState>("state", State),
        Emotion = Emotion is not { Length: > 0 } emotion ? null : EmotionNames.FromKey(emotion) ?? throw RequestErrors.NotOneOf(
            "emotion", emotion, [.. EmotionNames.All.Select(known => known.Key())]),
        Code = string.IsNullOrEmpty(Code) ? null : Code,
        Name = Name?.Contains('\0', StringComparison.Ordinal) != true ? Name : throw RequestErrors.Invalid(
            "name contains an invalid character.", "name 含有无效字符。"),
        MinConfidence = (float?)RequestErrors.NumberIn("min_confidence", MinConfidence, 0, 1),
        MaxConfidence = (float?)RequestErrors.NumberIn("max_confidence", MaxConfidence, 0, 1),
        Order = RequestErrors.ChoiceIn<BatchItemOrder>("sort", Sort) ?? BatchItemOrder.Number,
        Descending = RequestErrors.FlagIn("descending", Descending),
        Offset = RequestErrors.WholeIn("cursor", Cursor, 0, int.MaxValue) ?? RequestErrors.WholeIn("offset", Offset, 0, int.MaxValue) ?? 0,
        Limit = RequestErrors.WholeIn("limit", Limit, 1, MaxLimit) ?? 100,
    };

    /// <summary>Returns the cursor of the page after that of a query; null if it is the last one.</summary>
    internal static string? Next(BatchItemQuery query, int total) =>
        (long)query.Offset + query.Limit is var next && next < total ? next.ToString(CultureInfo.InvariantCulture) : null;
}
