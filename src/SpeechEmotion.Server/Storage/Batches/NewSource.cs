namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>A folder, archive or manifest that a client adds to a batch.</summary>
/// <param name="Name">The name that people see.</param>
/// <param name="Location">Full path of the folder or file.</param>
/// <param name="Digest">SHA-256 of a file that the client sent, by which it is known if the client sends it again; null for others.</param>
internal sealed record NewSource(string Name, string Location, string? Digest);
