namespace SpeechEmotion.Server.Storage;

/// <summary>What is kept of the idempotency key with which a recognition was asked for.</summary>
/// <param name="Scope">Whose key it is.</param>
/// <param name="Key">The key.</param>
/// <param name="Fingerprint">SHA-256 of what was asked.</param>
public sealed record IdempotencyStamp(string Scope, string Key, string Fingerprint);
