namespace SpeechEmotion.Client.Results;

/// <summary>A reason why a result may be unreliable, in English and Chinese.</summary>
public sealed record BilingualNote
{
    /// <summary>Key of the reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Measured value, in the unit given in the text.</summary>
    public required double Value { get; init; }

    /// <summary>Explanation in English.</summary>
    public required string Text { get; init; }

    /// <summary>Explanation in Chinese.</summary>
    public required string TextZh { get; init; }
}
