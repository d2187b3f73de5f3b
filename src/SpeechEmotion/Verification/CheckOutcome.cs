namespace SpeechEmotion.Verification;

/// <summary>How a check came out.</summary>
public enum CheckOutcome
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Not as it should be.</summary>
    Failed,

    /// <summary>It could not be made; the text says why, and what would be needed.</summary>
    Skipped,
}
