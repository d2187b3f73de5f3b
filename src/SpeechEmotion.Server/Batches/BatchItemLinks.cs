namespace SpeechEmotion.Server.Batches;

/// <summary>Links of a recording of a batch.</summary>
/// <param name="Self">The recording with its result.</param>
/// <param name="Audio">The recording's own bytes; they may be gone if the batch reads a folder of the server.</param>
public sealed record BatchItemLinks(string Self, string Audio);
