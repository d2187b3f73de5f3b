namespace SpeechEmotion.Results;

/// <summary>A label of the model, as the model spells it, with its unchanged probability.</summary>
/// <param name="Label">The label as in the model's token list, for example <c>生气/angry</c>.</param>
/// <param name="Score">Probability in [0, 1].</param>
public sealed record LabelScore(string Label, float Score);
