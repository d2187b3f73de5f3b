using System.Net;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Errors;
using SpeechEmotion.Server.Listening;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// A server on loopback answers only to its own names. Otherwise a page could let its own name point to 127.0.0.1, and would
/// then be the server's own page in the eyes of the browser.
/// </summary>
internal sealed class HostCheck(RequestDelegate next, IOptions<ServerOptions> options)
{
    private readonly bool _loopback = IPAddress.IsLoopback(Listener.AddressOf(options.Value.Host));
    private readonly HashSet<string> _names = LocalNames.Allowed(options.Value);

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return !_loopback || LocalNames.IsLoopback(host) || _names.Contains(host.Trim('[', ']'))
            ? next(context)
            : ProblemAnswers.WriteAsync(context, AccessErrors.UnknownHost(host));
    }
}
