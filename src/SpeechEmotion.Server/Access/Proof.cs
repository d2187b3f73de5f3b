namespace SpeechEmotion.Server.Access;

/// <summary>What a request shows to prove who asks.</summary>
/// <param name="IsKey">True for a key, false for <c>user:password</c>.</param>
/// <param name="Secret">The key, or user and password; as it came, so it may be empty.</param>
internal readonly record struct Proof(bool IsKey, string Secret);
