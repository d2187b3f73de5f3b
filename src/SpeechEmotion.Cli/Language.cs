using System.CommandLine;

namespace SpeechEmotion.Cli;

/// <summary>The language of the command's messages: <c>--lang</c>, otherwise that of the terminal, otherwise English.</summary>
internal static class Language
{
    /// <summary>The <c>--lang</c> option, shared by all commands.</summary>
    public static Option<string?> Option { get; } = CreateOption();

    public static string Of(ParseResult parsed) => parsed.GetValue(Option) ?? OfTerminal();

    public static bool Is(ParseResult parsed, string language) => Of(parsed) == language;

    private static string OfTerminal()
    {
        string[] variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
        var locale = variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? "zh" : "en";
    }

    private static Option<string?> CreateOption()
    {
        var option = new Option<string?>("--lang") { Description = "Language of messages / 语言", HelpName = "zh|en" };
        option.AcceptOnlyFromAmong("zh", "en");
        return option;
    }
}
