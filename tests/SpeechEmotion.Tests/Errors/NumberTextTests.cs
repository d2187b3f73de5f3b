using System.Globalization;
using Shouldly;
using SpeechEmotion.Errors;
using Xunit;

namespace SpeechEmotion.Tests.Errors;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0.5", 0.5), InlineData("-3", -3.0), InlineData(" 1.6e4 ", 16000.0), InlineData(".25", 0.25), InlineData("+2", 2.0)]
    [InlineData("0,5", null), InlineData("1,000", null), InlineData("1.000,5", null), InlineData("NaN", null), InlineData("Infinity", null)]
    [InlineData("1e999", null), InlineData("", null), InlineData(null, null), InlineData("0x10", null), InlineData("five", null)]
    [InlineData("1_000", null)]
    public void Read_AnyCulture_GivesTheSame(string? text, double? expected)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // German separators, independent of the cultures installed on this machine.
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            NumberText.Read(text).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("16000", 16000), InlineData("16000.0", 16000), InlineData("1.6e4", 16000), InlineData("-1", -1)]
    [InlineData("16000.5", null), InlineData("16000,0", null), InlineData("3e9", null), InlineData("1e300", null)]
    public void ReadWhole_WrittenAsFloatingPoint_IsTaken(string text, int? expected) => NumberText.ReadWhole(text).ShouldBe(expected);

    [Fact]
    public void Refusal_DecimalComma_ExplainsTheFormat()
    {
        var (message, messageZh) = NumberText.Refusal("--hop", "0,5", 0.25, 5);

        message.ShouldBe("--hop takes a number from 0.25 to 5, not 0,5. Write a decimal point: 0.5.");
        messageZh.ShouldBe("--hop 应为 0.25 到 5 的数字，不能是 0,5。小数点请写作“.”：0.5。");
        NumberText.Refusal("--hop", "1,000,000", 0, 5).Message.ShouldBe("--hop takes a number from 0 to 5, not 1,000,000.");
        NumberText.Refusal("--hop", new string('9', 500), 0, 5).Message.Length.ShouldBeLessThan(150);
    }
}
