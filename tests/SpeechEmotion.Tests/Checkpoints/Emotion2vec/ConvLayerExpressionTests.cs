using Shouldly;
using SpeechEmotion.Checkpoints.Emotion2vec;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints.Emotion2vec;

public sealed class ConvLayerExpressionTests
{
    [Theory]
    [InlineData("[(512, 10, 5)]", 1)]
    [InlineData("[(512, 10, 5)] + [(512, 3, 2)] * 4 + [(512,2,2)] + [(512,2,2)]", 7)]
    [InlineData(" [ ( 1 , 2 , 3 , ) , (4,5,6), ] * 2 * 2 ", 8)]
    [InlineData("[(1,2,3)] * 0 + [(1,2,3)]", 1)]
    public void Parse_Lists_AreJoinedAndRepeated(string text, int layers) =>
        ConvLayerExpression.Parse(text)!.Count.ShouldBe(layers);

    [Fact]
    public void Parse_Order_IsThatOfTheText() =>
        ConvLayerExpression.Parse("[(1,2,3), (4,5,6)] * 2 + [(7,8,9)]")
            .ShouldBe([new(1, 2, 3), new(4, 5, 6), new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)]);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[(1,2)]")]
    [InlineData("[(1,2,3)")]
    [InlineData("[(1,2,3) (1,2,3)]")]
    [InlineData("[(1,2,-3)]")]
    [InlineData("[(1,2,99999999999)]")]
    [InlineData("[(1,2,3)] * 1000000")]
    [InlineData("[(1,2,3)] * 32 * 32 * 32 * 32 * 32 * 32 * 32")]
    [InlineData("[(1,2,3)] +")]
    [InlineData("[(1,2,3)] extra")]
    [InlineData("exec('x')")]
    public void Parse_AnythingElse_IsNull(string text) => ConvLayerExpression.Parse(text).ShouldBeNull();
}
