namespace SpeechEmotion.Server.Access;

/// <summary>The credentials in a request.</summary>
/// <param name="IsKey">True for a key, false for <c>user:password</c>.</param>
/// <param name="Secret">The key, or user and password, unchecked; it may be empty.</param>
internal readonly record struct Proof(bool IsKey, string Secret);
