namespace SpeechEmotion.Verification;

/// <summary>One check of a result.</summary>
/// <param name="Key">
/// The check, for programs: <c>result</c>, <c>processed_audio.sha256</c>, <c>source.sha256</c>, <c>model</c>, <c>runtime</c>, and for
/// each of the two sounds from which the answer is computed again <c>.label</c> and <c>.scores</c>.
/// </param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Text">The text for people, in English.</param>
/// <param name="TextZh">The text for people, in Chinese.</param>
public sealed record VerificationCheck(string Key, CheckOutcome Outcome, string Text, string TextZh)
{
    /// <summary>The largest difference of a score; null if scores were not compared.</summary>
    public double? Difference { get; init; }

    /// <summary>The largest allowed difference; null if scores were not compared.</summary>
    public double? Limit { get; init; }

    /// <summary>The text in the requested language: <c>zh</c> (or any tag that begins so), otherwise English.</summary>
    public string TextIn(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? TextZh : Text;
}
