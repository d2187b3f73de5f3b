using System.Text;
using Shouldly;
using SpeechEmotion.Server.Sources;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources;

public sealed class SourceItemTests
{
    [Fact]
    public void Name_UpTo2000Bytes_IsKept()
    {
        var name = new string('音', 666) + "ab";

        new SourceItem(name, "/a").Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("音")]
    [InlineData("😀")]
    public void Name_Longer_EndsWithAHash(string character)
    {
        var name = string.Concat(Enumerable.Repeat(character, 2001));

        var shortened = new SourceItem(name, "/a").Name;

        Encoding.UTF8.GetByteCount(shortened).ShouldBeLessThan(2001);
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(shortened)).ShouldBe(shortened);
        shortened.ShouldNotBe(new SourceItem(name + "b", "/a").Name);
        shortened.ShouldBe(new SourceItem(name, "/b").Name);
    }
}
