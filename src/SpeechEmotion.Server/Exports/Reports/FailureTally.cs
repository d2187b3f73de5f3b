using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>Counts the recordings that failed with one code.</summary>
/// <param name="code">The code.</param>
internal sealed class FailureTally(string code)
{
    /// <summary>Most examples.</summary>
    public const int MostExamples = 20;

    private readonly List<BatchRow> _examples = [];

    /// <summary>The code.</summary>
    public string Code { get; } = code;

    /// <summary>Number of recordings.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<BatchRow> Examples => _examples;

    /// <summary>Counts a recording.</summary>
    public void Add(BatchRow row)
    {
        Count++;
        if (_examples.Count < MostExamples)
            _examples.Add(row);
    }
}
