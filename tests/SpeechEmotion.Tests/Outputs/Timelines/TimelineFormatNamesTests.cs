using Shouldly;
using SpeechEmotion.Outputs.Timelines;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Timelines;

public sealed class TimelineFormatNamesTests
{
    [Fact]
    public void Key_EachFormat_IsFoundAgain()
    {
        TimelineFormatNames.All.Select(format => format.Key()).ShouldBe(["json", "csv", "srt", "vtt", "textgrid", "audacity"]);
        TimelineFormatNames.All.ShouldAllBe(format => TimelineFormatNames.FromKey(format.Key().ToUpperInvariant()) == format);
    }

    [Theory]
    [InlineData("")]
    [InlineData("webvtt")]
    [InlineData("1")]
    public void FromKey_NoFormat_IsNull(string key) => TimelineFormatNames.FromKey(key).ShouldBeNull();

    [Fact]
    public void FileName_EachFormat_IsItsOwn() => TimelineFormatNames.All.Select(format => format.FileName()).ShouldBe(
        ["timeline.json", "timeline.csv", "timeline.srt", "timeline.vtt", "timeline.TextGrid", "timeline.txt"]);

    [Fact]
    public void MediaType_EachText_NamesItsEncoding()
    {
        TimelineFormat.Json.MediaType().ShouldBe("application/json");
        TimelineFormatNames.All.Skip(1).ShouldAllBe(format => format.MediaType().EndsWith("; charset=utf-8"));
    }
}
