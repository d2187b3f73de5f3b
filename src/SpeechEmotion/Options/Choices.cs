namespace SpeechEmotion.Options;

/// <summary>The names of an enumeration's values in commands, requests and settings: lower-case.</summary>
internal static class Choices
{
    /// <summary>All names, in the order of the values; the first is the default.</summary>
    public static string[] Of<T>()
        where T : struct, Enum => Array.ConvertAll(Enum.GetNames<T>(), name => name.ToLowerInvariant());

    /// <summary>The value of a name in any case; null if there is none. A number is no name.</summary>
    public static T? Find<T>(string name)
        where T : struct, Enum
    {
        var at = Array.FindIndex(Enum.GetNames<T>(), known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : Enum.GetValues<T>()[at];
    }
}
