namespace SpeechEmotion.Client.Results;

/// <summary>How many recordings have each of the nine emotions.</summary>
public sealed record EmotionCounts
{
    /// <summary>愤怒.</summary>
    public required int Angry { get; init; }

    /// <summary>厌恶.</summary>
    public required int Disgusted { get; init; }

    /// <summary>恐惧.</summary>
    public required int Fearful { get; init; }

    /// <summary>快乐.</summary>
    public required int Happy { get; init; }

    /// <summary>中性.</summary>
    public required int Neutral { get; init; }

    /// <summary>An emotion that none of the others names.</summary>
    public required int Other { get; init; }

    /// <summary>悲伤.</summary>
    public required int Sad { get; init; }

    /// <summary>惊讶.</summary>
    public required int Surprised { get; init; }

    /// <summary>The model cannot decide.</summary>
    public required int Unknown { get; init; }
}
