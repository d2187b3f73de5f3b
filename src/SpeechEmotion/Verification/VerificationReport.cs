namespace SpeechEmotion.Verification;

/// <summary>The outcome of verifying a result.</summary>
/// <param name="Checks">All checks, in order.</param>
public sealed record VerificationReport(IReadOnlyList<VerificationCheck> Checks)
{
    /// <summary>Whether nothing failed, and the answer was computed again from at least one of the sounds.</summary>
    public bool Verified => Checks.All(check => check.Outcome != CheckOutcome.Failed)
        && Checks.Any(check => check is { Outcome: CheckOutcome.Passed, Difference: not null });
}
