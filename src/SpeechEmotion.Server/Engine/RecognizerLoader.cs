using SpeechEmotion.Models;

namespace SpeechEmotion.Server.Engine;

/// <summary>Loads a model.</summary>
/// <param name="model">Its name; null for the one that the server was started with.</param>
/// <param name="progress">Told how far an import has come.</param>
/// <param name="ct">Stops it.</param>
public delegate EmotionRecognizer RecognizerLoader(string? model, IProgress<ImportProgress> progress, CancellationToken ct);
