using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Inference;

public sealed class LabelSetTests
{
    [Theory]
    [InlineData("生气/angry", Emotion.Angry)]
    [InlineData("<unk>", Emotion.Unknown)]
    [InlineData("开心", Emotion.Happy)]
    [InlineData("Sadness", Emotion.Sad)]
    [InlineData("困惑/confused", Emotion.Other)]
    public void Meaning_LabelText_IsOneOfTheNine(string label, Emotion meaning) => LabelSet.Meaning(label).ShouldBe(meaning);

    [Fact]
    public void Score_Placeholders_GetNoProbabilityAndAreNotShown()
    {
        var labels = new LabelSet(["angry", "unuse_0", "happy"]);

        var scores = labels.Score([1, 100, 1]);

        scores.ShouldBe([new LabelScore("angry", 0.5f), new LabelScore("happy", 0.5f)]);
    }

    [Fact]
    public void ScoreEmotions_LabelOutsideTheNine_CountsAsOther()
    {
        var labels = new LabelSet(["happy", "confused", "other"]);

        var scores = labels.ScoreEmotions([0, 0, 0]);

        scores[Emotion.Other].ShouldBe(2 / 3f, 1e-6f);
        scores[Emotion.Happy].ShouldBe(1 / 3f, 1e-6f);
        scores[Emotion.Angry].ShouldBe(0);
    }

    [Fact]
    public void Score_HugeLogits_StayFinite() =>
        new LabelSet(["happy", "sad"]).Score([1e30f, -1e30f]).Select(score => score.Score).ShouldBe([1, 0]);
}
