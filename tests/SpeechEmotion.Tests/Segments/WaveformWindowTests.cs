using Shouldly;
using SpeechEmotion.Segments;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class WaveformWindowTests
{
    [Fact]
    public void Slice_AfterForget_IsAddressedInTheWhole()
    {
        var window = new WaveformWindow();
        window.Append([0, 1, 2, 3]);
        window.Forget(2);
        window.Append([4, 5]);

        (window.Start, window.End).ShouldBe((2, 6));
        window.Slice(3, 6).ToArray().ShouldBe([3f, 4, 5]);
        window.Slice(6, 6).Length.ShouldBe(0);
    }

    [Fact]
    public void Forget_BeforeTheStartOrAfterTheEnd_IsClamped()
    {
        var window = new WaveformWindow();
        window.Append([0, 1, 2]);

        window.Forget(-5);
        (window.Start, window.End).ShouldBe((0, 3));
        window.Forget(9);
        (window.Start, window.End).ShouldBe((3, 3));
        window.Append([3]);
        window.Slice(3, 4).ToArray().ShouldBe([3f]);
    }

    [Fact]
    public void Append_MoreThanTheBufferHolds_KeepsAll()
    {
        var window = new WaveformWindow();
        var samples = Enumerable.Range(0, 200_000).Select(i => (float)i).ToArray();
        window.Append(samples.AsSpan(0, 70_000));
        window.Forget(10);
        window.Append(samples.AsSpan(70_000));

        window.Slice(10, 200_000).SequenceEqual(samples.AsSpan(10)).ShouldBeTrue();
    }
}
