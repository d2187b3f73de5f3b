namespace SpeechEmotion.Results;

/// <summary>The names of an emotion: its key in files and programs, and its display name.</summary>
public static class EmotionNames
{
    private static readonly string[] Keys =
        ["angry", "disgusted", "fearful", "happy", "neutral", "other", "sad", "surprised", "unknown"];

    private static readonly string[] English =
        ["Angry", "Disgusted", "Fearful", "Happy", "Neutral", "Other", "Sad", "Surprised", "Unknown"];

    private static readonly string[] Chinese = ["愤怒", "厌恶", "恐惧", "快乐", "中性", "其他", "悲伤", "惊讶", "未知"];

    private static readonly string[] Emojis = ["😠", "🤢", "😨", "😊", "😐", "🤔", "😢", "😲", "❓"];

    /// <summary>The nine emotions in order.</summary>
    public static IReadOnlyList<Emotion> All { get; } = Enum.GetValues<Emotion>();

    /// <summary>The key in files and programs, for example <c>happy</c>.</summary>
    public static string Key(this Emotion emotion) => Keys[(int)emotion];

    /// <summary>The display name, in <c>zh</c> or English.</summary>
    public static string DisplayName(this Emotion emotion, string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese[(int)emotion] : English[(int)emotion];

    /// <summary>One emoji, for example 😊.</summary>
    public static string Emoji(this Emotion emotion) => Emojis[(int)emotion];

    /// <summary>Finds the emotion of a key; null if it names none of the nine.</summary>
    public static Emotion? FromKey(string key)
    {
        var index = Array.FindIndex(Keys, k => k.Equals(key, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : (Emotion)index;
    }
}
