namespace SpeechEmotion.Server.Settings;

/// <summary>A yes or no as people and scripts write it.</summary>
internal static class BooleanText
{
    /// <summary>True, false, or null where the text is neither.</summary>
    public static bool? Read(string text) => text.ToLowerInvariant() switch
    {
        "1" or "true" or "yes" or "on" => true,
        "0" or "false" or "no" or "off" => false,
        _ => null,
    };
}
