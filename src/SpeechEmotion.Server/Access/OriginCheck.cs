using Microsoft.Net.Http.Headers;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Applies Gradio's rules to pages of other sites: under a local host name, only local pages may use the server; under any other
/// host name, every page may use it without a login, within what <see cref="AccessPolicies"/> allows.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, Origins origins)
{
    private const string PreflightSeconds = "600";
    private const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private const string Readable = "Location, Retry-After, Content-Disposition, Preference-Applied";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var given = request.Headers.Origin.Count > 0;
        var page = Origins.Parse(request.Headers.Origin);
        if (LocalNames.IsLocal(request.Host.Host)
            && (given ? page is null || !(origins.IsLocal(page) || origins.IsAllowed(page)) : Origins.IsCrossSite(request)))
            return ProblemAnswers.WriteAsync(context, AccessErrors.ForeignOrigin(Origins.NameOf(request)));
        // Set when the response starts, so that they remain if an error clears the headers set before.
        context.Response.OnStarting(() => Task.FromResult(Allow(context, page)));
        return given && HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod)
            ? AnswerPreflightAsync(context)
            : next(context);
    }

    private bool Allow(HttpContext context, Uri? page)
    {
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (page is null)
            return false;
        headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
        // Only these pages may send cookies and read the responses.
        if (origins.MayUseLogin(context.Request))
            headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = Readable;
        return true;
    }

    private static Task AnswerPreflightAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlMaxAge = PreflightSeconds;
        if (context.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked
            && !asked.ToString().AsSpan().ContainsAnyExceptInRange(' ', '~'))
            headers.AccessControlAllowHeaders = asked;
        return context.Response.WriteAsync("OK");
    }
}
