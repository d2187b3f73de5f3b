namespace SpeechEmotion.Client.Results;

/// <summary>A label of the model, as the model spells it, with its unchanged probability.</summary>
public sealed record LabelScore
{
    /// <summary>The label as in the model's token list, for example <c>生气/angry</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Probability in [0, 1].</summary>
    public required float Score { get; init; }
}
