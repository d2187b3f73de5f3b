namespace SpeechEmotion.Server.Settings;

/// <summary>Parses a Boolean as people and scripts write it.</summary>
internal static class BooleanText
{
    /// <summary>Returns true, false, or null if the text is neither.</summary>
    public static bool? Read(string text) => text.ToLowerInvariant() switch
    {
        "1" or "true" or "yes" or "on" => true,
        "0" or "false" or "no" or "off" => false,
        _ => null,
    };
}
