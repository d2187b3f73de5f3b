namespace SpeechEmotion.Server.Batches;

/// <summary>Changes of a batch.</summary>
/// <param name="Name">The name that people see, up to 200 characters; null to keep it.</param>
/// <param name="Priority">Batches with a greater priority are processed first, -10 to 10; null to keep it.</param>
public sealed record BatchChangeRequest(string? Name = null, int? Priority = null);
