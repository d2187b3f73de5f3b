namespace SpeechEmotion.Results;

/// <summary>One label of the model, in the model's own words, with its unchanged probability.</summary>
/// <param name="Label">As in the model's token list, for example <c>生气/angry</c>.</param>
/// <param name="Score">Probability in [0, 1].</param>
public sealed record LabelScore(string Label, float Score);
