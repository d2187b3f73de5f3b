using System.Globalization;

namespace SpeechEmotion.Results;

/// <summary>
/// What a person reads first: of a recording that was recognized by segments the emotion of most of its speech, otherwise the most
/// probable emotion. Scores that are averaged over a long recording may lead with an emotion that few of its segments have.
/// </summary>
/// <param name="Scores">The share of each emotion in the speech time; without segments, its probability.</param>
/// <param name="Segments">The number of segments; null without segments.</param>
/// <param name="Transitions">The number of changes of emotion; null without segments.</param>
public sealed record Headline(EmotionScores Scores, int? Segments, int? Transitions)
{
    /// <summary>The first emotion.</summary>
    public Emotion Emotion => Scores.Top;

    /// <summary>The second emotion of mixed feelings, otherwise null (<see cref="EmotionScores.Secondary"/>).</summary>
    public Emotion? Secondary => Scores.Secondary;

    /// <summary>Returns the headline of a recording.</summary>
    /// <param name="scores">The probabilities of the whole recording.</param>
    /// <param name="timeline">Its timeline; null if the model processed it as a whole.</param>
    internal static Headline Of(EmotionScores scores, Timeline? timeline) => timeline is { Summary.Shares: { } shares }
        ? new(shares, timeline.Segments.Count, timeline.Transitions.Count)
        : new(scores, null, null);

    /// <summary>Returns the emotions, for example <c>Happy</c>, or <c>快乐 + 惊讶</c> for mixed feelings.</summary>
    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public string NamesIn(string language) => Secondary is { } second
        ? $"{Emotion.DisplayName(language)} + {second.DisplayName(language)}"
        : Emotion.DisplayName(language);

    /// <summary>The share or probability of the emotions, for example <c>87.6 %</c>, or <c>45.2 % + 41.0 %</c>.</summary>
    public string Percent => Secondary is { } second ? $"{Format(Scores[Emotion])} + {Format(Scores[second])}" : Format(Scores[Emotion]);

    /// <summary>
    /// Returns the headline in words, for example <c>Mostly angry: 24.1 % of speech, 143 segments, 72 changes</c>, or
    /// <c>Happy 87.6 %</c>.
    /// </summary>
    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public string TextIn(string language)
    {
        if (Segments is not { } segments || Transitions is not { } changes)
            return $"{NamesIn(language)} {Percent}";
        return language == "zh"
            ? $"以{NamesIn("zh")}为主：占语音时长的 {Percent}，{segments} 段，{changes} 次变化"
            : $"Mostly {NamesIn("en").ToLowerInvariant()}: {Percent} of speech, {Count(segments, "segment")}, {Count(changes, "change")}";
    }

    private static string Format(float share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F1} %");

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
