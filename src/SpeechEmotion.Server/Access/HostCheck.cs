using System.Net;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Restricts a server without a password, and every server on loopback, to its own host names. Otherwise a foreign page could
/// resolve its own host name to the server (DNS rebinding), and the browser would treat the server as that page's own.
/// </summary>
internal sealed class HostCheck(RequestDelegate next, IOptions<ServerOptions> options, Credentials credentials)
{
    private readonly bool _loopback = IPAddress.IsLoopback(Listener.AddressOf(options.Value.Host));
    private readonly bool _open = !credentials.Required;
    private readonly HashSet<string> _names = LocalNames.Allowed(options.Value);

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return IsOwn(host) ? next(context) : ProblemAnswers.WriteAsync(context, AccessErrors.UnknownHost(host, _loopback));
    }

    private bool IsOwn(string host)
    {
        if (LocalNames.IsLoopback(host) || _names.Contains(host.Trim('[', ']')))
            return true;
        // A literal IP address cannot be rebound, so it needs a check on loopback only.
        return !_loopback && (!_open || LocalNames.IsMachine(host) || IPAddress.TryParse(host.Trim('[', ']'), out _));
    }
}
