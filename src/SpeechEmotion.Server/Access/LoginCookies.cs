using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// The two cookies of a login, as Gradio sets them: one for pages of other sites over HTTPS, one for plain HTTP. A browser
/// stores cookies by host and ignores the port, so the cookie names differ per installation.
/// </summary>
internal sealed class LoginCookies
{
    private readonly string _secure;
    private readonly string _plain;

    public LoginCookies(IOptions<ServerOptions> options, ServerFolder folder, InstallationCheck installation)
    {
        var server = installation.Name ?? $"{Environment.MachineName}\n{folder.Output}\n{options.Value.Port}";
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(server)).AsSpan(0, 8));
        (_secure, _plain) = ($"access-token-{id}", $"access-token-unsecure-{id}");
    }

    /// <summary>Returns the tokens in a request's cookies.</summary>
    public IEnumerable<string> Read(HttpRequest request) =>
        new[] { request.Cookies[_secure], request.Cookies[_plain] }.OfType<string>().Where(token => token.Length > 0).Distinct();

    /// <summary>Sets the cookies.</summary>
    public void Write(HttpResponse response, string token)
    {
        response.Cookies.Append(_secure, token, Secure(response));
        response.Cookies.Append(_plain, token, Plain(response));
    }

    /// <summary>Deletes the cookies.</summary>
    public void Delete(HttpResponse response)
    {
        response.Cookies.Delete(_secure, Secure(response));
        response.Cookies.Delete(_plain, Plain(response));
    }

    private static CookieOptions Secure(HttpResponse response) =>
        new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.None, MaxAge = LoginSessions.Life, Path = PathOf(response) };

    private static CookieOptions Plain(HttpResponse response) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = LoginSessions.Life, Path = PathOf(response) };

    /// <summary>Limits the cookies to the base path, so that other programs behind the same proxy do not receive them.</summary>
    private static string PathOf(HttpResponse response) =>
        response.HttpContext.Request.PathBase.HasValue ? response.HttpContext.Request.PathBase.ToString() : "/";
}
