using System.CommandLine;
using SpeechEmotion.Options;

namespace SpeechEmotion.Cli;

/// <summary>Options whose values are the names of an enumeration.</summary>
internal static class ChoiceOption
{
    /// <summary>An option whose default is the first value.</summary>
    public static Option<T> Create<T>(string name, string description)
        where T : struct, Enum => Limit<T, T>(new(name) { Description = description });

    /// <summary>An option without a default.</summary>
    public static Option<T?> CreateOptional<T>(string name, string description)
        where T : struct, Enum => Limit<T?, T>(new(name) { Description = description });

    private static Option<TValue> Limit<TValue, TChoice>(Option<TValue> option)
        where TChoice : struct, Enum
    {
        option.HelpName = string.Join('|', Choices.Of<TChoice>());
        // Otherwise the parser would accept any number too.
        option.AcceptOnlyFromAmong(Choices.Of<TChoice>());
        return option;
    }
}
