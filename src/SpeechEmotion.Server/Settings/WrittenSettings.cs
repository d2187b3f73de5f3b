using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Settings;

/// <summary>
/// Reads numbers, choices and switches of <see cref="ServerOptions"/> as people write them, before they are bound: the binder would
/// accept a number for a choice, and its errors would name C# types.
/// </summary>
internal static class WrittenSettings
{
    /// <summary>Reads the settings from the command line, the environment and <c>appsettings.json</c>.</summary>
    /// <param name="configuration">The configuration with the settings.</param>
    /// <returns>The same values in the form that the binder reads.</returns>
    /// <exception cref="OptionsValidationException">A value is not a number, choice or switch.</exception>
    public static Dictionary<string, string?> Read(IConfiguration configuration)
    {
        var values = new Dictionary<string, string?>();
        var failures = new List<string>();
        foreach (var setting in ServerSetting.All)
        {
            var key = $"{ServerOptions.Section}:{setting.Key}";
            if (configuration[key] is not { Length: > 0 } text || typeof(ServerOptions).GetProperty(setting.Key) is not { } property)
                continue;
            if (Read(property.PropertyType, text) is { } value)
                values[key] = value;
            else
                failures.Add(Refusal(setting.Flag, text, property));
        }
        return failures.Count == 0 ? values : throw new OptionsValidationException(ServerOptions.Section, typeof(ServerOptions), failures);
    }

    /// <returns>Null if the text is not a value of the type.</returns>
    private static string? Read(Type type, string text)
    {
        if (type == typeof(int))
            return NumberText.ReadWhole(text)?.ToString(CultureInfo.InvariantCulture);
        if (type == typeof(double))
            return NumberText.Read(text)?.ToString(CultureInfo.InvariantCulture);
        if (type == typeof(bool))
            return BooleanText.Read(text)?.ToString();
        // By name only: a number is not a choice.
        return !type.IsEnum ? text : Array.Find(Enum.GetNames(type), name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    private static string Refusal(string flag, string text, PropertyInfo property)
    {
        var type = property.PropertyType;
        if (type == typeof(bool) || type.IsEnum)
        {
            string[] known = type.IsEnum ? Array.ConvertAll(Enum.GetNames(type), name => name.ToLowerInvariant()) : ["true", "false"];
            return $"{flag} accepts {string.Join(", ", known)}, not {text}. / {flag} 只能是 {string.Join("、", known)}，不能是 {text}。";
        }
        var range = property.GetCustomAttribute<RangeAttribute>();
        var (message, messageZh) = NumberText.Refusal(
            flag, text, Bound(range?.Minimum, int.MinValue), Bound(range?.Maximum, int.MaxValue), whole: type == typeof(int));
        return $"{message} / {messageZh}";
    }

    private static double Bound(object? bound, double otherwise) =>
        bound is null ? otherwise : Convert.ToDouble(bound, CultureInfo.InvariantCulture);
}
