using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Server.Access;

/// <summary>Whether the server asks who one is, and who one is.</summary>
/// <param name="Required">Whether data need a login or a key.</param>
/// <param name="Methods">What can be shown: <c>password</c>, <c>api_key</c>.</param>
/// <param name="User">Who is logged in; <c>api_key</c> for whoever did with a key, null for nobody.</param>
public sealed record SessionResource(bool Required, [property: AllowedValues("password", "api_key")] IReadOnlyList<string> Methods, string? User);
