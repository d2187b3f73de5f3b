namespace SpeechEmotion.Client.Results;

/// <summary>One number for each of the nine emotions: probabilities, or shares of the speech time. They sum to 1.</summary>
public sealed record Scores
{
    /// <summary>愤怒.</summary>
    public required float Angry { get; init; }

    /// <summary>厌恶.</summary>
    public required float Disgusted { get; init; }

    /// <summary>恐惧.</summary>
    public required float Fearful { get; init; }

    /// <summary>快乐.</summary>
    public required float Happy { get; init; }

    /// <summary>中性.</summary>
    public required float Neutral { get; init; }

    /// <summary>An emotion other than the named ones.</summary>
    public required float Other { get; init; }

    /// <summary>悲伤.</summary>
    public required float Sad { get; init; }

    /// <summary>惊讶.</summary>
    public required float Surprised { get; init; }

    /// <summary>The model cannot decide.</summary>
    public required float Unknown { get; init; }
}
