using System.Globalization;

namespace SpeechEmotion.Errors;

/// <summary>
/// A number as a person or a program writes it. The decimal mark is a point and nothing separates thousands, whatever the culture
/// of the machine: <c>0,5</c> is refused, because it would be 5 for one reader and a half for another.
/// </summary>
internal static class NumberText
{
    private const int LongestShown = 60;

    /// <summary>Reads a number.</summary>
    /// <param name="text">For example <c>0.5</c>, <c>-3</c> or <c>1.6e4</c>.</param>
    /// <returns>A finite number; null where the text is none.</returns>
    public static double? Read(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Reads a whole number, which may be written as programs write floating point: <c>16000.0</c>, <c>1.6e4</c>.</summary>
    /// <returns>Null where the text is none, has a fraction, or does not fit.</returns>
    public static int? ReadWhole(string? text) => Read(text) is { } number ? Whole(number) : null;

    /// <summary>A number without a fraction.</summary>
    /// <returns>Null where it has a fraction or does not fit.</returns>
    public static int? Whole(double number) => number is >= int.MinValue and <= int.MaxValue && number == Math.Floor(number) ? (int)number : null;

    /// <summary>Says that a text is not the number that is needed.</summary>
    /// <param name="name">Of the option or parameter.</param>
    /// <param name="text">What came instead.</param>
    /// <param name="least">The smallest number that is accepted.</param>
    /// <param name="most">The largest.</param>
    /// <param name="whole">Whether it has no fraction.</param>
    /// <returns>The message in English and Chinese.</returns>
    public static (string Message, string MessageZh) Refusal(string name, string text, double least, double most, bool whole = false)
    {
        var shown = text.Length <= LongestShown ? text : $"{text.AsSpan(0, LongestShown)}…";
        var (hint, hintZh) = !whole && WithPoint(text) is { } point
            ? ($" Write a decimal point: {point}.", $"小数点请写作“.”：{point}。")
            : ("", "");
        return (
            string.Create(CultureInfo.InvariantCulture, $"{name} takes a {(whole ? "whole " : "")}number from {least} to {most}, not {shown}.{hint}"),
            string.Create(CultureInfo.InvariantCulture, $"{name} 应为 {least} 到 {most} 的{(whole ? "整数" : "数字")}，不能是 {shown}。{hintZh}"));
    }

    /// <summary>What was probably meant by a number with a decimal comma; null for any other text.</summary>
    private static string? WithPoint(string text) =>
        text.Trim().Split(',') is [var whole, { Length: > 0 and <= LongestShown } fraction] && whole.TrimStart('-', '+').All(char.IsAsciiDigit)
            && whole.Length is > 0 and <= LongestShown && fraction.All(char.IsAsciiDigit)
            ? $"{whole}.{fraction}"
            : null;
}
