using Shouldly;
using SpeechEmotion.Graphs;
using Xunit;

namespace SpeechEmotion.Tests.Graphs;

public sealed class AlibiTests
{
    [Fact]
    public void Slopes_PowerOfTwo_HalveFromTheFirstHeadOn() =>
        Alibi.Slopes(8).ShouldBe([0.5f, 0.25f, 0.125f, 0.0625f, 0.03125f, 0.015625f, 0.0078125f, 0.00390625f]);

    [Fact]
    public void Slopes_TwelveHeads_FillUpFromTheNextPowerOfTwo()
    {
        var exponents = Alibi.Slopes(12).Select(slope => -Math.Log2(slope)).ToArray();

        double[] expected = [1, 2, 3, 4, 5, 6, 7, 8, 0.5, 1.5, 2.5, 3.5];
        for (var i = 0; i < expected.Length; i++)
            exponents[i].ShouldBe(expected[i], 1e-6);
    }

    [Fact]
    public void Slopes_SixHeads_FollowTheReference()
    {
        var exponents = Alibi.Slopes(6).Select(slope => Math.Round(-Math.Log2(slope), 5));

        exponents.ShouldBe([2, 4, 6, 8, 1, 3]);
    }
}
