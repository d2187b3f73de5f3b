using Shouldly;
using SpeechEmotion.Benchmarks;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Benchmarks;

public sealed class ClipLatencyTests
{
    [Fact]
    public void Measure_CompactModel_IsPositive()
    {
        var latency = ClipLatency.Measure(CompactModel.Recognizer, 1, 2).ShouldNotBeNull();

        latency.Seconds.ShouldBe(1);
        latency.Time.Best.ShouldBeGreaterThan(0);
        latency.RealTimeFactor.ShouldBe(latency.Time.Median);
        latency.Ceiling.ShouldBeNull();
    }

    [Fact]
    public void Measure_ClipThatTheModelDoesNotTake_IsNull() => ClipLatency.Measure(CompactModel.Recognizer, 31, 1).ShouldBeNull();
}
