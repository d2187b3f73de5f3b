using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage;

/// <summary>Applies the filters of a query.</summary>
internal static class HistoryFilter
{
    /// <summary>Returns the entries that match all filters of the query; its page does not matter.</summary>
    public static IQueryable<HistoryEntry> Matching(this IQueryable<HistoryEntry> entries, HistoryQuery query)
    {
        if (query.Ids is { } ids)
            entries = entries.Where(entry => ids.Contains(entry.Id));
        if (query.Emotion is { } emotion)
            entries = entries.Where(entry => (entry.Dominant ?? entry.Emotion) == emotion);
        if (query.State is { } state)
            entries = entries.Where(entry => entry.State == state);
        if (query.From?.ToUnixTimeMilliseconds() is { } from)
            entries = entries.Where(entry => entry.Created >= from);
        if (query.To?.ToUnixTimeMilliseconds() is { } to)
            entries = entries.Where(entry => entry.Created <= to);
        if (query.MinConfidence is { } min)
            entries = entries.Where(entry => entry.Confidence >= min);
        if (query.MaxConfidence is { } max)
            entries = entries.Where(entry => entry.Confidence <= max);
        if (query.Name is { Length: > 0 } name)
            entries = entries.Where(entry => EF.Functions.Like(
                LikePattern.Lower(entry.FileName), LikePattern.Containing(name), LikePattern.Escape));
        return entries;
    }
}
