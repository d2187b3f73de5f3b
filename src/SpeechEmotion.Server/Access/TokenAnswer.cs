namespace SpeechEmotion.Server.Access;

/// <summary>The token of the caller's login.</summary>
/// <param name="Token">The token in the cookie; null without a login.</param>
/// <param name="User">The user who is logged in; null without a login.</param>
public sealed record TokenAnswer(string? Token, string? User);
