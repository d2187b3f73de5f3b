using SpeechEmotion.Results;

namespace SpeechEmotion.Models;

/// <summary>Where a model folder was downloaded from, and what is known of its checkpoint.</summary>
/// <param name="Address">For people: the model's page or folder.</param>
/// <param name="Check">How the download was checked.</param>
/// <param name="Sha256">Of the checkpoint, where all of it was downloaded and read; else null.</param>
public sealed record ModelOrigin(string Address, ModelCheck Check, string? Sha256);
