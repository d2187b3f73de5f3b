using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Access;

/// <summary>The routes for logging in and out, for the page and for Gradio clients.</summary>
internal static class AccessApi
{
    /// <summary>The prefix of every route of Gradio 5 and 6 except <c>/config</c>.</summary>
    public const string GradioPrefix = "/gradio_api";

    private const long FormBytes = 16 * 1024;

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/session", Session).WithTags("Access").WithName("GetSession")
            .WithSummary("Get whether the server requires a login, and who is logged in")
            .RequireAuthorization(AccessPolicies.OwnPage).WithMetadata(RequestCost.Short);
        routes.MapPost("/login", LoginAsync).WithTags("Access").WithName("Login")
            .WithSummary("Log in").WithDescription("Sets the cookies of a login.").TakesLogin()
            .ProducesProblem(400).ProducesProblem(429).AllowAnonymous().WithMetadata(RequestCost.Short);
        routes.MapPost("/logout", LogoutAsync).WithTags("Access").WithName("Logout").WithSummary("Log out and delete the cookies")
            .AllowAnonymous().WithMetadata(RequestCost.Short);
        routes.MapGet("/logout", LogoutAndReturnAsync).ExcludeFromDescription().AllowAnonymous().WithMetadata(RequestCost.Short);
        foreach (var prefix in new[] { "", GradioPrefix })
        {
            routes.MapGet($"{prefix}/user", User).ExcludeFromDescription().AllowAnonymous();
            routes.MapGet($"{prefix}/login_check", Check).ExcludeFromDescription().AllowAnonymous();
            routes.MapGet($"{prefix}/token", TokenAsync).ExcludeFromDescription().RequireAuthorization(AccessPolicies.OwnPage);
        }
        return routes;
    }

    private static Ok<SessionResource> Session(HttpContext context, [FromServices] Credentials credentials)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new SessionResource(credentials.Required, credentials.Methods, context.Caller()?.Name));
    }

    private static async Task<Results<Ok<LoginAnswer>, JsonHttpResult<LoginRefusal>>> LoginAsync(
        HttpContext context, [FromServices] Credentials credentials, [FromServices] LoginSessions sessions,
        [FromServices] LoginCookies cookies, [FromServices] CredentialCheck check, CancellationToken ct)
    {
        var form = await ReadAsync(context, ct);
        if (!credentials.Required)
            return TypedResults.Ok(new LoginAnswer(true));
        if (check.Check(context, [ProofOf(form)]) is { } caller)
        {
            cookies.Write(context.Response, await sessions.OpenAsync(caller, ct));
            return TypedResults.Ok(new LoginAnswer(true));
        }
        if (check.Wait(context) is { } seconds)
            throw AccessErrors.TooManyGuesses(seconds);
        // Gradio clients show their own text for this status.
        return TypedResults.Json(new LoginRefusal("Invalid credentials."), statusCode: 401);
    }

    private static Proof ProofOf(IFormCollection form) => form["api_key"].ToString() is { Length: > 0 } key
        ? new(IsKey: true, key)
        : new(IsKey: false, $"{form["username"]}:{form["password"]}");

    private static async Task<IFormCollection> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (!context.Request.HasFormContentType)
            throw RequestErrors.Invalid("Send username and password, or api_key, as a form.", "请以表单提交 username 与 password，或 api_key。");
        context.LimitBody(FormBytes);
        try
        {
            return await context.Request.ReadFormAsync(ct);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested)
        {
            throw RequestErrors.Invalid("The form breaks off inside a part. Send it again.", "表单在某一部分中间中断，请重新发送。");
        }
        catch (NotSupportedException)
        {
            // Only UTF-7 gets here: ASP.NET reads an unknown charset as UTF-8.
            throw RequestErrors.Invalid("The charset of the form is not supported: send UTF-8.", "不支持该表单的字符集：请使用 UTF-8。");
        }
    }

    private static async Task<NoContent> LogoutAsync(
        HttpContext context, [FromServices] LoginSessions sessions, [FromServices] LoginCookies cookies)
    {
        cookies.Delete(context.Response);
        // Also if the client disconnects.
        foreach (var token in cookies.Read(context.Request))
            await sessions.CloseAsync(token, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<RedirectHttpResult> LogoutAndReturnAsync(
        HttpContext context, [FromServices] LoginSessions sessions, [FromServices] LoginCookies cookies)
    {
        await LogoutAsync(context, sessions, cookies);
        return TypedResults.LocalRedirect("~/");
    }

    private static ContentHttpResult User(HttpContext context) => TypedResults.Text(
        context.Caller() is { } caller ? $"\"{JsonEncodedText.Encode(caller.Name)}\"" : "null", "application/json");

    private static Results<Ok, JsonHttpResult<LoginRefusal>> Check(HttpContext context, [FromServices] Credentials credentials) =>
        credentials.Required && context.Caller() is null
            ? TypedResults.Json(new LoginRefusal("Not authenticated"), statusCode: 401)
            : TypedResults.Ok();

    private static async Task<Ok<TokenAnswer>> TokenAsync(
        HttpContext context, [FromServices] LoginSessions sessions, [FromServices] LoginCookies cookies, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var login = await sessions.FindAsync(cookies.Read(context.Request), ct);
        return TypedResults.Ok(new TokenAnswer(login?.Token, login?.Caller.Name));
    }
}
