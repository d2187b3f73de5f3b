using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Server.Access;

/// <summary>Whether the server requires a login, and who is logged in.</summary>
/// <param name="Required">Whether access to data requires a login or a key.</param>
/// <param name="Methods">The kinds of credentials that the server accepts: <c>password</c>, <c>api_key</c>.</param>
/// <param name="User">The user who is logged in; <c>api_key</c> if the login used a key, null without a login.</param>
public sealed record SessionResource(
    bool Required, [property: AllowedValues("password", "api_key")] IReadOnlyList<string> Methods, string? User);
