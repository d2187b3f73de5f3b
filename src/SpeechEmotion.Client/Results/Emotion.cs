using System.Text.Json.Serialization;

namespace SpeechEmotion.Client.Results;

/// <summary>An emotion.</summary>
[JsonConverter(typeof(LowerCaseNames<Emotion>))]
public enum Emotion
{
    /// <summary>愤怒.</summary>
    Angry,

    /// <summary>厌恶.</summary>
    Disgusted,

    /// <summary>恐惧.</summary>
    Fearful,

    /// <summary>快乐.</summary>
    Happy,

    /// <summary>中性.</summary>
    Neutral,

    /// <summary>An emotion that none of the others names.</summary>
    Other,

    /// <summary>悲伤.</summary>
    Sad,

    /// <summary>惊讶.</summary>
    Surprised,

    /// <summary>The model cannot decide.</summary>
    Unknown,
}
