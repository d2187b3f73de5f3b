using System.ComponentModel;

namespace SpeechEmotion.Results;

/// <summary>The nine emotions, in the order of emotion2vec+'s <c>tokens.txt</c>.</summary>
[Description("An emotion.")]
public enum Emotion
{
    /// <summary>生气 / 愤怒.</summary>
    Angry,

    /// <summary>厌恶.</summary>
    Disgusted,

    /// <summary>恐惧.</summary>
    Fearful,

    /// <summary>开心 / 快乐.</summary>
    Happy,

    /// <summary>中立 / 中性.</summary>
    Neutral,

    /// <summary>An emotion that none of the others names.</summary>
    Other,

    /// <summary>难过 / 悲伤.</summary>
    Sad,

    /// <summary>吃惊 / 惊讶.</summary>
    Surprised,

    /// <summary>The model cannot decide.</summary>
    Unknown,
}
