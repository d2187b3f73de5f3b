namespace SpeechEmotion.Downloads.Hubs;

/// <summary>A file on a hub.</summary>
/// <param name="Name">Its name in the repository.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal; null if the hub does not publish it.</param>
/// <param name="GitBlob">Its Git hash (SHA-1), lower-case hexadecimal; null if the hub does not publish it.</param>
/// <param name="Address">The address to download it from.</param>
/// <param name="Version">The server's version of the file (ETag or time) if no hash is published; otherwise null.</param>
internal sealed record HubFile(string Name, long Size, string? Sha256, string? GitBlob, Uri Address, string? Version = null);
