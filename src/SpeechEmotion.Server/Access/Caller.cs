using System.Security.Claims;

namespace SpeechEmotion.Server.Access;

/// <summary>An identified caller.</summary>
/// <param name="Name">The user; <see cref="KeyName"/> for a key.</param>
/// <param name="Quota">Identifies the share of the rate limit that the request takes.</param>
/// <param name="Ambient">True if a browser sends the proof by itself (cookie, Basic), so that a foreign page could cause the request.</param>
internal sealed record Caller(string Name, string Quota, bool Ambient)
{
    /// <summary>The name of a caller with a key.</summary>
    public const string KeyName = "api_key";

    private const string QuotaClaim = "quota";
    private const string AmbientClaim = "ambient";

    /// <summary>The caller as ASP.NET carries it; roles become claims of it.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, Name), new(QuotaClaim, Quota), new(AmbientClaim, $"{Ambient}")], CallerAuthentication.Scheme));

    /// <summary>The caller of a principal; null if it is not identified.</summary>
    public static Caller? Of(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: { } name }
        ? new(name, user.FindFirstValue(QuotaClaim)!, user.FindFirstValue(AmbientClaim) == bool.TrueString)
        : null;
}
