using Shouldly;
using SpeechEmotion.Benchmarks;
using Xunit;

namespace SpeechEmotion.Tests.Benchmarks;

public sealed class TimingsTests
{
    [Fact]
    public void Of_Seconds_AreTheShortestAndTheMiddleOne() => Timings.Of([5, 1, 3]).ShouldBe(new Timings(1, 3));

    [Fact]
    public void Of_NoSeconds_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => Timings.Of([]));

    [Fact]
    public void Of_Cancelled_EndsBetweenTwoRuns()
    {
        using var stop = new CancellationTokenSource();
        var runs = 0;

        Should.Throw<OperationCanceledException>(() => Timings.Of(10, () => { runs++; stop.Cancel(); }, stop.Token));

        runs.ShouldBe(1);
    }
}
