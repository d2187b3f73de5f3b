using System.Text;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Access;

/// <summary>Finds out who asks: by a key, by a password in the header, or by the cookie of a login.</summary>
internal sealed class Identification(RequestDelegate next, Credentials credentials, LoginSessions sessions, LoginCookies cookies, GuessBrake brake)
{
    private const string KeyHeader = "X-API-Key";
    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (!credentials.Required)
            return next(context);
        var shown = IsShown(context.Request);
        var wait = shown ? brake.Wait(context.Place()) : null;
        if (((shown && wait is null ? Shown(context.Request) : null) ?? LoggedIn(context.Request)) is { } caller)
            context.SetCaller(caller);
        else if (wait is { } seconds && !Paths.Open.Contains(context.Request.Path))
            return ProblemAnswers.WriteAsync(context, AccessErrors.TooManyGuesses(seconds));
        else if (shown && wait is null)
            brake.Count(context.Place());
        return next(context);
    }

    private static bool IsShown(HttpRequest request) =>
        request.Headers.ContainsKey(KeyHeader) || Authorization(request, Basic) is not null || Authorization(request, Bearer) is not null;

    private Caller? Shown(HttpRequest request)
    {
        if (request.Headers[KeyHeader].ToString() is { Length: > 0 } key && credentials.Key(key) is { } caller)
            return caller;
        if (Authorization(request, Bearer) is { } bearer)
            return credentials.Key(bearer);
        return Authorization(request, Basic) is { } basic && Decode(basic).Split(':', 2) is [var user, var password]
            ? credentials.Password(user, password)
            : null;
    }

    private Caller? LoggedIn(HttpRequest request) => cookies.Read(request).Select(sessions.Find).FirstOrDefault(caller => caller is not null);

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
