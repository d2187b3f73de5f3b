using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Inference;

public sealed class InferenceMemoryLongestTests
{
    [Theory]
    [InlineData(1), InlineData(320), InlineData(768), InlineData(1024)]
    public void Longest_MemoryOfAnEstimate_IsWhatWasEstimated(int dimension)
    {
        using var model = new CountingModel { Dimension = dimension };

        foreach (var seconds in (double[])[0.025, 1, 5, 29.98, 600, 36_000])
        {
            var bytes = InferenceMemory.Estimate(model, TimeSpan.FromSeconds(seconds));

            // A rounding error of one byte, which matters less the shorter the recording.
            InferenceMemory.Longest(model, bytes).TotalSeconds.ShouldBe(seconds, 1e-4 * Math.Max(1, seconds));
            var again = InferenceMemory.Estimate(model, InferenceMemory.Longest(model, bytes));
            again.ShouldBeLessThanOrEqualTo(bytes + (bytes / 1_000_000) + 1);
        }
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(long.MinValue)]
    public void Longest_NoMemory_IsNothing(long bytes)
    {
        using var model = new CountingModel { Dimension = 1024 };

        InferenceMemory.Longest(model, bytes).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Longest_MaximumMemory_IsALongTime()
    {
        using var model = new CountingModel();

        InferenceMemory.Longest(model, long.MaxValue).TotalDays.ShouldBeGreaterThan(1000);
    }
}
