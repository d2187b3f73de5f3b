using System.Text;
using Microsoft.AspNetCore.Authentication;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Access;

/// <summary>Identifies the caller: by a key, by a password in the header, or by the cookie of a login.</summary>
internal sealed class CallerAuthentication(
    Credentials credentials, CredentialCheck check, LoginSessions sessions, LoginCookies cookies, Origins origins) : IAuthenticationHandler
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "caller";

    /// <summary>The header for a key.</summary>
    public const string KeyHeader = "X-API-Key";

    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";
    private HttpContext _context = null!;
    private AuthenticateResult? _result;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    /// <summary>The proofs of a request are checked once, however often they are asked for.</summary>
    public async Task<AuthenticateResult> AuthenticateAsync() => _result ??= await CheckAsync();

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        var response = _context.Response;
        response.Headers.CacheControl = "no-store";
        // A Basic challenge would make browsers open their own password dialog.
        response.Headers.WWWAuthenticate = "Bearer";
        if (_context.GetEndpoint()?.Metadata.GetMetadata<DenialBody>() is not { } body)
            return ProblemAnswers.WriteAsync(_context, AccessErrors.Denied());
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.ContentType = "application/json";
        return response.WriteAsync(body.Json);
    }

    public Task ForbidAsync(AuthenticationProperties? properties) =>
        ProblemAnswers.WriteAsync(_context, AccessErrors.ForeignOrigin(Origins.NameOf(_context.Request)));

    private async Task<AuthenticateResult> CheckAsync()
    {
        if (!credentials.Required)
            return AuthenticateResult.NoResult();
        Proof[] shown = [.. Shown(_context.Request)];
        if ((check.Check(_context, shown) ?? await LoggedInAsync(_context.Request)) is { } caller)
        {
            _context.Response.OnStarting(KeepPrivate, _context.Response);
            return AuthenticateResult.Success(new(caller.ToPrincipal(), Scheme));
        }
        if (shown.Length == 0)
            return AuthenticateResult.NoResult();
        return AuthenticateResult.Fail(check.Wait(_context) is { } seconds ? AccessErrors.TooManyGuesses(seconds) : AccessErrors.Denied());
    }

    private static IEnumerable<Proof> Shown(HttpRequest request)
    {
        if (request.Headers.TryGetValue(KeyHeader, out var key))
            yield return new(IsKey: true, key.ToString());
        if (Authorization(request, Bearer) is { } bearer)
            yield return new(IsKey: true, bearer);
        if (Authorization(request, Basic) is { } basic)
            yield return new(IsKey: false, Decode(basic));
    }

    /// <summary>
    /// Returns the caller of a login cookie. A browser sends cookies for any page, so the page must be allowed to use them.
    /// </summary>
    private async Task<Caller?> LoggedInAsync(HttpRequest request) => origins.MayUseLogin(request)
        ? (await sessions.FindAsync(cookies.Read(request), request.HttpContext.RequestAborted))?.Caller
        : null;

    private static string? Authorization(HttpRequest request, string scheme) =>
        request.Headers.Authorization.ToString() is { } value && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? value[scheme.Length..].Trim()
            : null;

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }

    /// <summary>Prevents a shared cache from serving one caller's response to another.</summary>
    private static Task KeepPrivate(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "private";
        return Task.CompletedTask;
    }
}
