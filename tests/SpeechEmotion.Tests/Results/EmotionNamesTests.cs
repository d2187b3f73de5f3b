using Shouldly;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Results;

public sealed class EmotionNamesTests
{
    [Fact]
    public void Key_NineEmotions_AreTheSeedsInItsOrder() =>
        EmotionNames.All.Select(emotion => emotion.Key())
            .ShouldBe(["angry", "disgusted", "fearful", "happy", "neutral", "other", "sad", "surprised", "unknown"]);

    [Fact]
    public void FromKey_OwnKey_IsTheEmotion() =>
        EmotionNames.All.ShouldAllBe(emotion => EmotionNames.FromKey(emotion.Key()) == emotion);

    [Fact]
    public void DisplayName_ChineseAndEnglish_Differ()
    {
        Emotion.Happy.DisplayName("zh-CN").ShouldBe("快乐");
        Emotion.Happy.DisplayName("en").ShouldBe("Happy");
        Emotion.Happy.Emoji().ShouldBe("😊");
    }

    [Fact]
    public void Key_EveryQualityReason_HasOneOfItsOwn() =>
        Enum.GetValues<QualityReason>().Select(reason => new QualityNote(reason, 0, "", "").Key).ShouldBeUnique();
}
