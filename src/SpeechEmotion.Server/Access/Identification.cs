using System.Text;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Access;

/// <summary>Finds out who asks: by a key, by a password in the header, or by the cookie of a login.</summary>
internal sealed class Identification(
    RequestDelegate next, Credentials credentials, CredentialCheck check, LoginSessions sessions, LoginCookies cookies, Origins origins)
{
    public const string KeyHeader = "X-API-Key";
    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (!credentials.Required)
            return next(context);
        Proof[] shown = [.. Shown(context.Request)];
        if ((check.Check(context, shown) ?? LoggedIn(context.Request)) is { } caller)
            context.SetCaller(caller);
        else if (shown.Length > 0 && !Paths.Open.Contains(context.Request.Path) && check.Wait(context) is { } seconds)
            return ProblemAnswers.WriteAsync(context, AccessErrors.TooManyGuesses(seconds));
        return next(context);
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

    /// <summary>A browser sends cookies for any page that asks it to, so they count only where the page may use them.</summary>
    private Caller? LoggedIn(HttpRequest request) => origins.MayUseLogin(request)
        ? cookies.Read(request).Select(sessions.Find).FirstOrDefault(caller => caller is not null)
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
}
