using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>Counts outcomes by the values of a metadata column, as long as these are few.</summary>
/// <param name="key">The name of the column in the manifest.</param>
internal sealed class ColumnTally(string key)
{
    /// <summary>Most values; a column with more is text or numbers, not groups.</summary>
    public const int MostValues = 50;

    /// <summary>Stands for a recording without a value, because a key cannot be null.</summary>
    private static readonly string None = "\0";

    private Dictionary<string, ValueTally>? _values = new(StringComparer.Ordinal);

    /// <summary>The name of the column in the manifest.</summary>
    public string Key { get; } = key;

    /// <summary>The values, the most frequent first; null if there are more than <see cref="MostValues"/>.</summary>
    public IReadOnlyList<ValueTally>? Values => _values is null
        ? null
        : [.. _values.Values.OrderByDescending(value => value.Total).ThenBy(value => value.Value, StringComparer.Ordinal)];

    /// <summary>Counts an outcome; a recording without one is ignored.</summary>
    public void Add(BatchRow row)
    {
        if (_values is null || (row.Answer is null && row.Failure is null))
            return;
        var value = row.Metadata.GetValueOrDefault(Key);
        if (!_values.TryGetValue(value ?? None, out var tally))
        {
            if (_values.Count == MostValues)
            {
                _values = null;
                return;
            }
            _values.Add(value ?? None, tally = new(value));
        }
        if (row.Answer is { } answer)
            tally.Emotions.Add(answer.Headline, answer.Confidence);
        else
            tally.AddFailure();
    }
}
