namespace SpeechEmotion.Models;

/// <summary>The progress of an import.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Stage">The current stage.</param>
/// <param name="Fraction">The completed share of the whole import, 0 to 1.</param>
public sealed record ImportProgress(string ModelId, ImportStage Stage, double Fraction);
