using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;
using SpeechEmotion.Server.Settings;
using Xunit;

namespace SpeechEmotion.Server.Tests.Settings;

public sealed class WrittenSettingsTests
{
    [Theory]
    [InlineData("MaxHours", "0.5", "0.5")]
    [InlineData("MaxHours", "5e-1", "0.5")]
    [InlineData("MaxUpload", "200.0", "200")]
    [InlineData("MaxUpload", "2e2", "200")]
    [InlineData("Https", "yes", "True")]
    [InlineData("Https", "0", "False")]
    [InlineData("Precision", "INT8", "Int8")]
    [InlineData("Host", "0,5", "0,5")]
    public void Read_WrittenByAPerson_IsNormalizedForTheBinder(string key, string text, string expected) =>
        Read(key, text)[$"Server:{key}"].ShouldBe(expected);

    [Theory]
    [InlineData("MaxHours", "0,5", "--max-hours", "0.5")]
    [InlineData("MaxUpload", "1,000", "--max-upload", "1 to 100000")]
    [InlineData("Port", "http", "--port", "0 to 65535")]
    [InlineData("Queue", "1.5", "--queue", "whole")]
    [InlineData("Precision", "1", "--precision", "fp32, int8, auto")]
    [InlineData("Https", "maybe", "--https", "true, false")]
    public void Read_InvalidValue_IsRefusedWithTheNameAndRangeOfTheSetting(string key, string text, string flag, string hint)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            var failure = Should.Throw<OptionsValidationException>(() => Read(key, text)).Failures.ShouldHaveSingleItem();

            failure.ShouldStartWith(flag);
            failure.ShouldContain(hint);
            failure.ShouldNotContain("System.");
            failure.ShouldMatch("[\u4e00-\u9fff]");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Dictionary<string, string?> Read(string key, string text) => WrittenSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [$"Server:{key}"] = text }).Build());
}
