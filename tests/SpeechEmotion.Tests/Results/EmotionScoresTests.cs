using Shouldly;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Results;

public sealed class EmotionScoresTests
{
    [Fact]
    public void Top_TwoEqual_IsTheFirst() =>
        new EmotionScores([0, 0.4f, 0, 0.4f, 0.2f, 0, 0, 0, 0]).Top.ShouldBe(Emotion.Disgusted);

    [Fact]
    public void Constructor_NotNine_Throws() => Should.Throw<ArgumentException>(() => new EmotionScores([1, 0]));

    [Fact]
    public void ToThousandths_ThirdsAndRemainders_SumToExactlyOneThousand()
    {
        var scores = new EmotionScores([1 / 3f, 1 / 3f, 1 / 3f, 0, 0, 0, 0, 0, 0]);

        scores.ToThousandths().ShouldBe([334, 333, 333, 0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void ToThousandths_AnyDistribution_SumsToExactlyOneThousandAndKeepsTheTop()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var values = Enumerable.Range(0, 9).Select(_ => Math.Pow(random.NextDouble(), 8)).ToArray();
            var total = values.Sum();
            var scores = new EmotionScores(Array.ConvertAll(values, value => (float)(value / total)));

            var thousandths = scores.ToThousandths();

            thousandths.Sum().ShouldBe(1000);
            thousandths[(int)scores.Top].ShouldBe(thousandths.Max());
        }
    }
}
