using Shouldly;
using SpeechEmotion.Outputs;
using Xunit;

namespace SpeechEmotion.Tests.Outputs;

public sealed class OutputSizeTests
{
    [Fact]
    public void Estimate_EightHours_IsTheirWaveform() =>
        OutputSize.Estimate(TimeSpan.FromHours(8)).ShouldBeInRange(8L * 3600 * 32_000, (8L * 3600 * 32_000) + 100_000);
}
