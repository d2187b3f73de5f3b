namespace SpeechEmotion.Client.Results;

/// <summary>A reason why a result may be unreliable.</summary>
public sealed record QualityNote
{
    /// <summary>Key of the reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Measured value, in the unit given in the text.</summary>
    public required double Value { get; init; }

    /// <summary>Explanation in the language of the request (Accept-Language).</summary>
    public required string Text { get; init; }
}
