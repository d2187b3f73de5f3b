namespace SpeechEmotion.Server.Settings;

/// <summary>The kind of a setting's values.</summary>
internal enum SettingKind
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>Any number of values: the flag is repeated for each.</summary>
    List,

    /// <summary>On if the flag is given.</summary>
    Switch,
}
