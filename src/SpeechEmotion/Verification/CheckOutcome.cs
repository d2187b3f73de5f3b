namespace SpeechEmotion.Verification;

/// <summary>The outcome of a check.</summary>
public enum CheckOutcome
{
    /// <summary>The check passed.</summary>
    Passed,

    /// <summary>The check failed.</summary>
    Failed,

    /// <summary>The check could not be made; the text says why, and what is needed.</summary>
    Skipped,
}
