using SpeechEmotion.Verification;

namespace SpeechEmotion.Cli;

/// <summary>Prints each check of a verification as soon as it is made, one per line.</summary>
internal sealed class VerificationLines(string language) : IProgress<VerificationCheck>
{
    public void Report(VerificationCheck value)
    {
        var mark = value.Outcome switch
        {
            CheckOutcome.Passed => '✓',
            CheckOutcome.Failed => '✗',
            _ => '–',
        };
        Console.WriteLine($"{mark} {value.TextIn(language)}");
    }

    /// <summary>Prints the overall outcome.</summary>
    public void Conclude(VerificationReport report) => Console.WriteLine((report.Verified, language) switch
    {
        (true, "zh") => "已核实。",
        (true, _) => "Verified.",
        (false, "zh") => "未能核实。",
        _ => "Not verified.",
    });
}
