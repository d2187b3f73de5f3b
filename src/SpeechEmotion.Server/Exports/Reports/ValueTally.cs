namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>Counts the outcomes of the recordings with one value of a metadata column.</summary>
/// <param name="value">The value; null for recordings without one.</param>
internal sealed class ValueTally(string? value)
{
    /// <summary>The value; null for recordings without one.</summary>
    public string? Value { get; } = value;

    /// <summary>The results.</summary>
    public EmotionTally Emotions { get; } = new();

    /// <summary>Number of recordings without a result.</summary>
    public int Failed { get; private set; }

    /// <summary>Number of outcomes.</summary>
    public int Total => Emotions.Total + Failed;

    /// <summary>Counts an error.</summary>
    public void AddFailure() => Failed++;
}
