using Shouldly;
using SpeechEmotion.Server.Exports;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports;

public sealed class MetadataColumnTests
{
    [Fact]
    public void Of_NamesThatBecomeEqual_GetNumbers() =>
        MetadataColumn.Of(["city", "City", "说话人", " city ", "a\nb", "a\tb", "city_2", "city"]).Select(column => column.Name).ShouldBe(
            ["meta_city", "meta_City_2", "meta_说话人", "meta_city_3", "meta_a_b", "meta_a_b_2", "meta_city_2_2"]);
}
