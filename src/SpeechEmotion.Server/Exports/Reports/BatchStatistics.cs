using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>Counts the outcomes of a batch. Memory depends on the number of different values, not of recordings.</summary>
/// <param name="columns">The columns of the manifest.</param>
internal sealed class BatchStatistics(IReadOnlyList<MetadataColumn> columns)
{
    /// <summary>Number of equal intervals of the histogram of confidence, from 0 to 1.</summary>
    public const int Intervals = 20;

    private readonly int[] _histogram = new int[Intervals];
    private readonly ColumnTally[] _columns = [.. columns.Select(column => new ColumnTally(column.Key))];
    private readonly Dictionary<string, int> _quality = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FailureTally> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<RowModel, int> _models = [];

    /// <summary>Number of recordings.</summary>
    public int Items { get; private set; }

    /// <summary>Number of recordings with a result.</summary>
    public int Succeeded => Emotions.Total;

    /// <summary>Number of recordings with an error.</summary>
    public int Failed { get; private set; }

    /// <summary>Number of recordings without an outcome.</summary>
    public int Pending => Items - Succeeded - Failed;

    /// <summary>Number of recordings that have the bytes, and so the result, of another one.</summary>
    public int SameAudio { get; private set; }

    /// <summary>Number of results of recordings that were recognized by segments.</summary>
    public int Segmented { get; private set; }

    /// <summary>Total length of the recordings with a result, in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>The results by emotion.</summary>
    public EmotionTally Emotions { get; } = new();

    /// <summary>Number of results by confidence: <see cref="Intervals"/> intervals, each without its upper end but the last.</summary>
    public IReadOnlyList<int> Histogram => _histogram;

    /// <summary>The metadata columns with few values.</summary>
    public IEnumerable<ColumnTally> Columns => _columns.Where(column => column.Values is { Count: > 0 });

    /// <summary>Number of results by reason why they may be weak, the most frequent first.</summary>
    public IEnumerable<KeyValuePair<string, int>> Quality => Ordered(_quality, pair => pair.Value, pair => pair.Key);

    /// <summary>The errors by code, the most frequent first.</summary>
    public IEnumerable<FailureTally> Failures => Ordered(_failures.Values, failure => failure.Count, failure => failure.Code);

    /// <summary>Number of results by model, the most frequent first.</summary>
    public IEnumerable<KeyValuePair<RowModel, int>> Models =>
        Ordered(_models, pair => pair.Value, pair => $"{pair.Key.Id} {pair.Key.Precision} {pair.Key.Hash}");

    /// <summary>Counts a recording.</summary>
    public void Add(BatchRow row)
    {
        Items++;
        if (row.SameAs is not null)
            SameAudio++;
        foreach (var column in _columns)
            column.Add(row);
        if (row.Answer is { } answer)
        {
            Add(answer);
        }
        else if (row.Failure is { } failure)
        {
            Failed++;
            if (!_failures.TryGetValue(failure.Code, out var tally))
                _failures.Add(failure.Code, tally = new(failure.Code));
            tally.Add(row);
        }
    }

    private void Add(RowAnswer answer)
    {
        Seconds += answer.Duration;
        if (answer.Dominant is not null)
            Segmented++;
        Emotions.Add(answer.Headline, answer.Confidence);
        _histogram[Math.Clamp((int)(answer.Confidence * Intervals), 0, Intervals - 1)]++;
        _models[answer.Model] = _models.GetValueOrDefault(answer.Model) + 1;
        foreach (var reason in answer.Quality)
            _quality[reason] = _quality.GetValueOrDefault(reason) + 1;
    }

    private static IOrderedEnumerable<T> Ordered<T>(IEnumerable<T> items, Func<T, int> count, Func<T, string> name) =>
        items.OrderByDescending(count).ThenBy(name, StringComparer.Ordinal);
}
