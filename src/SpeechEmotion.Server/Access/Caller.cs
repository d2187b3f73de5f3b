using System.Security.Claims;

namespace SpeechEmotion.Server.Access;

/// <summary>An identified caller.</summary>
/// <param name="Name">The user; <see cref="KeyName"/> for a key.</param>
/// <param name="Quota">The key of the rate limit that the request counts against.</param>
/// <param name="Ambient">
/// True if a browser sends the credentials by itself (cookie, Basic), so that a foreign page could cause the request.
/// </param>
internal sealed record Caller(string Name, string Quota, bool Ambient)
{
    /// <summary>The name of a caller with a key.</summary>
    public const string KeyName = "api_key";

    private const string QuotaClaim = "quota";
    private const string AmbientClaim = "ambient";

    /// <summary>Converts the caller to the principal that ASP.NET passes on; roles are to become its claims.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, Name), new(QuotaClaim, Quota), new(AmbientClaim, $"{Ambient}")], CallerAuthentication.Scheme));

    /// <summary>Returns the caller of a principal; null if it is not identified.</summary>
    public static Caller? Of(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: { } name }
        ? new(name, user.FindFirstValue(QuotaClaim)!, user.FindFirstValue(AmbientClaim) == bool.TrueString)
        : null;
}
