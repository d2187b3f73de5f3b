using Shouldly;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Results;

public sealed class HeadlineTests
{
    private static readonly EmotionScores Clear = Scores((Emotion.Angry, 0.241f), (Emotion.Neutral, 0.19f), (Emotion.Sad, 0.1f));
    private static readonly EmotionScores Mixed = Scores((Emotion.Happy, 0.452f), (Emotion.Surprised, 0.41f));

    [Fact]
    public void TextIn_Segments_NamesTheShareOfTheSpeech()
    {
        var headline = new Headline(Clear, 143, 72);

        headline.TextIn("en").ShouldBe("Mostly angry: 24.1 % of speech, 143 segments, 72 changes");
        headline.TextIn("zh").ShouldBe("以愤怒为主：占语音时长的 24.1 %，143 段，72 次变化");
        new Headline(Clear, 1, 1).TextIn("en").ShouldEndWith("1 segment, 1 change");
    }

    [Fact]
    public void TextIn_MixedFeelings_NamesBoth()
    {
        new Headline(Mixed, null, null).TextIn("en").ShouldBe("Happy + Surprised 45.2 % + 41.0 %");
        new Headline(Mixed, 3, 2).TextIn("zh").ShouldBe("以快乐 + 惊讶为主：占语音时长的 45.2 % + 41.0 %，3 段，2 次变化");
    }

    [Theory]
    [InlineData(0.45f, 0.36f, Emotion.Surprised)]
    [InlineData(0.45f, 0.35f, null)]
    [InlineData(0.21f, 0.19f, null)]
    public void Secondary_SecondScore_IsGivenIfCloseToTheFirst(float first, float second, Emotion? expected) =>
        Scores((Emotion.Happy, first), (Emotion.Surprised, second)).Secondary.ShouldBe(expected);

    [Theory]
    [InlineData(Emotion.Other), InlineData(Emotion.Unknown)]
    public void Secondary_EmotionWithoutAName_IsNotMixed(Emotion unnamed)
    {
        Scores((Emotion.Happy, 0.5f), (unnamed, 0.49f)).Secondary.ShouldBeNull();
        Scores((Emotion.Happy, 0.49f), (unnamed, 0.5f)).Secondary.ShouldBeNull();
    }

    [Fact]
    public void Secondary_EqualScores_IsTheOtherOne() =>
        Scores((Emotion.Happy, 0.5f), (Emotion.Surprised, 0.5f)).Secondary.ShouldBe(Emotion.Surprised);

    private static EmotionScores Scores(params (Emotion Emotion, float Score)[] scores)
    {
        var values = new float[EmotionScores.Count];
        foreach (var (emotion, score) in scores)
            values[(int)emotion] = score;
        return new(values);
    }
}
