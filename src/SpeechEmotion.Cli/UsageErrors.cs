using System.CommandLine;
using System.CommandLine.Parsing;

namespace SpeechEmotion.Cli;

/// <summary>Errors of a command line.</summary>
internal static class UsageErrors
{
    public static IReadOnlyList<string> In(ParseResult parsed) =>
        parsed.Errors.Count > 0 ? [.. parsed.Errors.Select(Text).Distinct()] : [.. UnknownOptions(parsed)];

    /// <summary>Refuses an empty value of an option or an argument, as an unset variable of a script produces.</summary>
    public static void RefuseEmpty(SymbolResult result)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            result.AddError("An empty name was given. / 给出了空的名称。");
    }

    /// <summary>Whether an option was given this value. Compares the text itself, because an invalid value must not be parsed.</summary>
    public static bool Says(CommandResult command, Option option, string value) =>
        command.GetResult(option)?.Tokens.Any(token => token.Value == value) == true;

    /// <summary>The parser's message contains the value's C# type, which a user does not know; this one names option and value.</summary>
    private static string Text(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Option: var option, Tokens: [.., { Value: var value }] } when NamesType(error, option.ValueType) =>
            NotTaken(option.Name, value),
        ArgumentResult { Parent: OptionResult { Option: var option }, Tokens: [.., { Value: var value }] }
            when NamesType(error, option.ValueType) => NotTaken(option.Name, value),
        _ => error.Message,
    };

    private static bool NamesType(ParseError error, Type type) =>
        error.Message.Contains((Nullable.GetUnderlyingType(type) ?? type).FullName!, StringComparison.Ordinal);

    private static string NotTaken(string option, string value) => $"{option} does not take {value}. / {option} 不接受 {value}。";

    /// <summary>
    /// The parser treats an unknown option as a file, and would report that file as missing. A file whose name begins with a dash must
    /// follow <c>--</c>.
    /// </summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed) => parsed.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument && token.Value is ['-', _, ..])
        .Select(token => $"There is no option {token.Value}; write -- before a file of that name. / 没有选项 {token.Value}；若为文件名，请在前面加 --。");
}
