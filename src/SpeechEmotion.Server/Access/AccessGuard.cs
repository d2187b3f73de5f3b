using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Access;

/// <summary>Lets through whoever has shown who they are, and everybody to what is open. Whatever is not named as open is guarded.</summary>
internal sealed class AccessGuard(RequestDelegate next, Credentials credentials, Origins origins)
{
    private const string ConfigPath = "/config";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var caller = context.Caller();
        if (Paths.Own.Contains(path) && !IsMeant(context, caller))
            return ProblemAnswers.WriteAsync(context, AccessErrors.ForeignOrigin(Origins.NameOf(context.Request)));
        if (credentials.Required && caller is null && !Paths.Open.Contains(path))
            return DenyAsync(context);
        if (caller is not null)
            context.Response.OnStarting(KeepPrivate, context.Response);
        return next(context);
    }

    /// <summary>What somebody had to log in for, no cache between may give to others.</summary>
    private static Task KeepPrivate(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "private";
        return Task.CompletedTask;
    }

    /// <summary>
    /// A key is only ever sent on purpose. A cookie, or the bare fact that a browser can reach the server, is lent to any page
    /// that the browser shows; so then the page must be the server's own, or one of the user's own machine.
    /// </summary>
    private bool IsMeant(HttpContext context, Caller? caller) => caller switch
    {
        { Ambient: false } => true,
        null when LocalNames.IsLocal(context.Request.Host.Host) => true,
        _ => origins.IsOwn(context.Request),
    };

    private static Task DenyAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        // A challenge to Basic would make browsers ask by themselves, in a window of their own.
        context.Response.Headers.WWWAuthenticate = "Bearer";
        if (Paths.Rest.Contains(context.Request.Path))
            return ProblemAnswers.WriteAsync(context, AccessErrors.Denied());
        context.Response.StatusCode = 401;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            context.Request.Path.StartsWithSegments(ConfigPath)
                ? """{"detail":{"error":"Not authenticated","auth_message":null}}"""
                : """{"detail":"Not authenticated"}""");
    }
}
