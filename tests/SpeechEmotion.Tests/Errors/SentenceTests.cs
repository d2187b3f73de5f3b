using Shouldly;
using SpeechEmotion.Errors;
using Xunit;

namespace SpeechEmotion.Tests.Errors;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("No space left on device", "No space left on device."), InlineData("It broke.", "It broke.")]
    [InlineData(" 已损坏。", "已损坏。"), InlineData("", "")]
    public void End_AnyText_LetsAnotherSentenceFollow(string text, string expected) => Sentence.End(text).ShouldBe(expected);

    [Fact]
    public void Join_TheSameRemedyTwice_HasItOnceAtTheEnd()
    {
        Sentence.Join(
            [
                "a.org did not answer: refused (a.org:443). Check the network. Run it again.",
                "b.org did not answer: no such name. Check the network. Run it again.",
            ])
            .ShouldBe("a.org did not answer: refused (a.org:443). b.org did not answer: no such name. Check the network. Run it again.");
        Sentence.Join(["a.org 没有应答：拒绝。请检查网络。", "b.org 没有应答：超时。请检查网络。"]).ShouldBe("a.org 没有应答：拒绝。b.org 没有应答：超时。请检查网络。");
    }
}
