using System.CommandLine;
using System.CommandLine.Parsing;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli;

/// <summary>An option that takes a number within a range; its parsing does not depend on the culture of the machine.</summary>
internal static class NumberOption
{
    /// <summary>Creates an option that may have a fraction.</summary>
    public static Option<double> Create(string name, string description, string unit, double least, double most, double value) =>
        Create(name, description, unit, value, result => Read(result, name, least, most));

    /// <summary>Creates an option that takes an integer, which may also be written as <c>16000.0</c>.</summary>
    public static Option<int> CreateWhole(string name, string description, string unit, int least, int most, int value) =>
        Create(name, description, unit, value, result => (int)Read(result, name, least, most, whole: true));

    private static Option<T> Create<T>(string name, string description, string unit, T value, Func<ArgumentResult, T> read) => new(name)
    {
        Description = description,
        HelpName = unit,
        DefaultValueFactory = _ => value,
        CustomParser = read,
    };

    private static double Read(ArgumentResult result, string name, double least, double most, bool whole = false)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (NumberText.Read(text) is { } number && number >= least && number <= most && (!whole || NumberText.Whole(number) is not null))
            return number;
        var (message, messageZh) = NumberText.Refusal(name, text, least, most, whole);
        result.AddError($"{message} / {messageZh}");
        return least;
    }
}
