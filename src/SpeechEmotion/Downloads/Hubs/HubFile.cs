namespace SpeechEmotion.Downloads.Hubs;

/// <summary>A file that a hub has.</summary>
/// <param name="Name">Its name in the repository.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal; null where the hub does not say.</param>
/// <param name="GitBlob">Git's own hash of it (SHA-1), lower-case hexadecimal; null where the hub does not say.</param>
/// <param name="Address">Where to ask for it.</param>
/// <param name="Version">What the server calls this state of the file (ETag or time), where nobody names a hash; else null.</param>
internal sealed record HubFile(string Name, long Size, string? Sha256, string? GitBlob, Uri Address, string? Version = null);
