namespace SpeechEmotion.Models;

/// <summary>How far an import has come.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Stage">What is being done.</param>
/// <param name="Fraction">Share of the whole import that is done, 0 to 1.</param>
public sealed record ImportProgress(string ModelId, ImportStage Stage, double Fraction);
