namespace SpeechEmotion.Server.Access;

/// <summary>The token of one's own login.</summary>
/// <param name="Token">As in the cookie; null where nobody is logged in.</param>
/// <param name="User">Who is logged in.</param>
public sealed record TokenAnswer(string? Token, string? User);
