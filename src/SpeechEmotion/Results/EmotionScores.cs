namespace SpeechEmotion.Results;

/// <summary>One probability for each of the nine emotions; they sum to 1 (to rounding).</summary>
public sealed class EmotionScores
{
    /// <summary>The number of emotions.</summary>
    public const int Count = 9;

    private const float LeastSecondary = 0.2f;
    private const float NearSecondary = 0.8f;

    private readonly float[] _values;

    /// <summary>Takes nine probabilities in the order of <see cref="Emotion"/>.</summary>
    /// <exception cref="ArgumentException">There are not nine.</exception>
    public EmotionScores(ReadOnlySpan<float> values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"Nine scores are needed; got {values.Length}.", nameof(values));
        _values = values.ToArray();
    }

    /// <summary>The nine probabilities in the order of <see cref="Emotion"/>.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The probability of one emotion, in [0, 1].</summary>
    public float this[Emotion emotion] => _values[(int)emotion];

    /// <summary>The most probable emotion; the first in order if two are equal.</summary>
    public Emotion Top => (Emotion)_values.AsSpan().IndexOf(_values.Max());

    /// <summary>
    /// The second emotion of mixed feelings; null if one emotion leads clearly. Both belong to the seven named emotions, and the second
    /// score is at least 0.2 and at least four fifths of the first: a convention of this product.
    /// </summary>
    public Emotion? Secondary
    {
        get
        {
            var first = Top;
            var second = EmotionNames.All.Where(emotion => emotion != first).MaxBy(emotion => this[emotion]);
            return IsNamed(first) && IsNamed(second) && this[second] >= LeastSecondary && this[second] >= NearSecondary * this[first]
                ? second
                : null;
        }
    }

    /// <summary>
    /// Returns the scores in thousandths that sum to exactly 1000: each is rounded down, and the missing thousandths go to the
    /// largest remainders.
    /// </summary>
    public int[] ToThousandths() => ToParts(1000);

    /// <summary>Rounds as <see cref="ToThousandths"/> does, to <paramref name="whole"/> parts.</summary>
    internal int[] ToParts(int whole)
    {
        var total = _values.Sum(v => (double)v);
        if (!(total > 0))
            return new int[Count];
        var exact = Array.ConvertAll(_values, v => v * (double)whole / total);
        var rounded = Array.ConvertAll(exact, v => (int)v);
        var missing = whole - rounded.Sum();
        foreach (var i in Enumerable.Range(0, Count).OrderByDescending(i => exact[i] - rounded[i]).Take(missing))
            rounded[i]++;
        return rounded;
    }

    private static bool IsNamed(Emotion emotion) => emotion is not (Emotion.Other or Emotion.Unknown);
}
