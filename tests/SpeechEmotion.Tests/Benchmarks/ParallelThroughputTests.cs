using Shouldly;
using SpeechEmotion.Benchmarks;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Benchmarks;

public sealed class ParallelThroughputTests
{
    [Fact]
    public void Levels_Doubled_EndAtTwiceTheCores()
    {
        ParallelThroughput.Levels(1).ShouldBe([1, 2]);
        ParallelThroughput.Levels(2).ShouldBe([1, 2, 4]);
        ParallelThroughput.Levels(6).ShouldBe([1, 2, 4, 8, 12]);
    }

    [Fact]
    public async Task Measure_NoTime_StillGivesEachCallerOne()
    {
        var throughput = await ParallelThroughput.MeasureAsync(CompactModel.Recognizer, 1, 3, TimeSpan.Zero);

        throughput.ShouldNotBeNull().Parallel.ShouldBe(3);
        throughput.PerSecond.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Measure_MoreThanFitsInMemory_IsNull() =>
        (await ParallelThroughput.MeasureAsync(CompactModel.Recognizer, 30, 1_000_000, TimeSpan.Zero)).ShouldBeNull();
}
