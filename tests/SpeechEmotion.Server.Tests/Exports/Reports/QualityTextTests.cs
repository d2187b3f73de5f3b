using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Exports.Reports;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports.Reports;

public sealed class QualityTextTests
{
    [Fact]
    public void Of_EveryReason_HasATextInBothLanguages()
    {
        foreach (var reason in Enum.GetValues<QualityReason>())
        {
            var key = new QualityNote(reason, 0, "", "").Key;
            QualityText.Of(key, "en").ShouldNotBeEmpty(key);
            QualityText.Of(key, "zh-CN").ShouldNotBeEmpty(key);
        }
    }

    [Fact]
    public void Of_ReasonOfALaterVersion_IsEmpty() => QualityText.Of("echo", "en").ShouldBeEmpty();
}
