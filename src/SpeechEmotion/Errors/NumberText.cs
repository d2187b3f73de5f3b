using System.Globalization;

namespace SpeechEmotion.Errors;

/// <summary>
/// A number as text from a person or a program. The decimal mark is a point and there is no thousands separator, whatever the
/// culture of the machine: <c>0,5</c> is rejected, because some readers would take it for 5 and others for a half.
/// </summary>
internal static class NumberText
{
    private const int LongestShown = 60;

    /// <summary>Parses a number.</summary>
    /// <param name="text">The text, for example <c>0.5</c>, <c>-3</c> or <c>1.6e4</c>.</param>
    /// <returns>A finite number; null if the text is not a number.</returns>
    public static double? Read(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Parses a whole number, also in floating-point notation: <c>16000.0</c>, <c>1.6e4</c>.</summary>
    /// <returns>The number; null if the text is not a number, has a fraction, or is out of range.</returns>
    public static int? ReadWhole(string? text) => Read(text) is { } number ? Whole(number) : null;

    /// <summary>Converts a number without a fraction.</summary>
    /// <returns>The number; null if it has a fraction or is out of range.</returns>
    public static int? Whole(double number) =>
        number is >= int.MinValue and <= int.MaxValue && number == Math.Floor(number) ? (int)number : null;

    /// <summary>Creates the message that a text is not the required number.</summary>
    /// <param name="name">The name of the option or parameter.</param>
    /// <param name="text">The rejected text.</param>
    /// <param name="least">The smallest accepted number.</param>
    /// <param name="most">The largest accepted number.</param>
    /// <param name="whole">Whether a whole number is required.</param>
    /// <returns>The message in English and Chinese.</returns>
    public static (string Message, string MessageZh) Refusal(string name, string text, double least, double most, bool whole = false)
    {
        var shown = text.Length <= LongestShown ? text : $"{text.AsSpan(0, LongestShown)}…";
        var (hint, hintZh) = !whole && WithPoint(text) is { } point
            ? ($" Write a decimal point: {point}.", $"小数点请写作“.”：{point}。")
            : ("", "");
        return (
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name} takes a {(whole ? "whole " : "")}number from {least} to {most}, not {shown}.{hint}"),
            string.Create(CultureInfo.InvariantCulture, $"{name} 应为 {least} 到 {most} 的{(whole ? "整数" : "数字")}，不能是 {shown}。{hintZh}"));
    }

    /// <summary>The probable intention of a number with a decimal comma; null for any other text.</summary>
    private static string? WithPoint(string text) =>
        text.Trim().Split(',') is [var whole, { Length: > 0 and <= LongestShown } fraction]
            && whole.TrimStart('-', '+').All(char.IsAsciiDigit)
            && whole.Length is > 0 and <= LongestShown && fraction.All(char.IsAsciiDigit)
            ? $"{whole}.{fraction}"
            : null;
}
