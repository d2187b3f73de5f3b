using Shouldly;
using SpeechEmotion.Segments;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class QuietPointTests
{
    [Fact]
    public void Between_PauseInNoise_FindsItsMiddle()
    {
        var samples = Some.Noise(2);
        samples.AsSpan(50 * 320, 8 * 320).Clear();

        QuietPoint.Between(QuietPoint.Powers(samples), 10, 90).ShouldBeInRange(52, 56);
    }

    [Fact]
    public void Between_BoundsAreIncluded()
    {
        float[] powers = [5, 1, 3, 2, 0];

        QuietPoint.Between(powers, 1, 3).ShouldBe(1);
        QuietPoint.Between(powers, 2, 3).ShouldBe(3);
        QuietPoint.Between(powers, 2, 2).ShouldBe(2);
        QuietPoint.Between(powers, 0, 4).ShouldBe(4);
    }

    [Fact]
    public void Powers_Tone_IsTheSameEverywhere()
    {
        var tone = Enumerable.Range(0, 16000).Select(i => 0.5f * MathF.Sin(MathF.Tau * i / 32)).ToArray();

        var powers = QuietPoint.Powers(tone);

        powers.Length.ShouldBe(51);
        powers.ShouldAllBe(power => Math.Abs(power - (0.125f * 320)) < 1e-3f);
    }

    [Theory]
    [InlineData(0), InlineData(319)]
    public void Powers_LessThanAStep_IsNone(int samples) => QuietPoint.Powers(new float[samples]).ShouldBe([0f]);
}
