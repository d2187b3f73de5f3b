using SpeechEmotion.Results;

namespace SpeechEmotion.Models;

/// <summary>The origin of a downloaded model folder, and the check of its checkpoint.</summary>
/// <param name="Address">The model's page or folder, for people.</param>
/// <param name="Check">The kind of check of the download.</param>
/// <param name="Sha256">The SHA-256 of the checkpoint if all of it was downloaded and read; otherwise null.</param>
internal sealed record ModelOrigin(string Address, ModelCheck Check, string? Sha256);
