using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>Counts results by the emotion that a person reads first (<see cref="Rows.RowAnswer.Headline"/>).</summary>
internal sealed class EmotionTally
{
    private readonly int[] _counts = new int[EmotionScores.Count];
    private readonly double[] _confidence = new double[EmotionScores.Count];

    /// <summary>Number of results.</summary>
    public int Total { get; private set; }

    /// <summary>The most frequent emotion, the first in order if several are; null without results.</summary>
    public Emotion? Top => Total == 0 ? null : (Emotion)_counts.AsSpan().IndexOf(_counts.Max());

    /// <summary>Number of results with an emotion.</summary>
    public int this[Emotion emotion] => _counts[(int)emotion];

    /// <summary>Mean confidence of the results with an emotion, in [0, 1]; null without any.</summary>
    public double? Confidence(Emotion emotion) =>
        this[emotion] == 0 ? null : _confidence[(int)emotion] / this[emotion];

    /// <summary>Mean confidence of all results, in [0, 1]; null without any.</summary>
    public double? Confidence() => Total == 0 ? null : _confidence.Sum() / Total;

    /// <summary>Counts a result.</summary>
    public void Add(Emotion emotion, float confidence)
    {
        _counts[(int)emotion]++;
        _confidence[(int)emotion] += confidence;
        Total++;
    }
}
