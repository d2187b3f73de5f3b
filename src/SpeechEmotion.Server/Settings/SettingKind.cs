namespace SpeechEmotion.Server.Settings;

/// <summary>What the values of a setting are.</summary>
internal enum SettingKind
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>Any number of values: the flag is given once for each.</summary>
    List,

    /// <summary>On where the flag is given.</summary>
    Switch,
}
