using SpeechEmotion.Models;

namespace SpeechEmotion.Server.Engine;

/// <summary>Loads a model.</summary>
/// <param name="model">The name of the model; null for the model in the server's settings.</param>
/// <param name="progress">Receives the progress of an import.</param>
/// <param name="ct">Cancels the load.</param>
public delegate EmotionRecognizer RecognizerLoader(string? model, IProgress<ImportProgress> progress, CancellationToken ct);
