using System.Net;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Without a password, and on loopback in any case, a server answers only to its own names. Otherwise a page could let its own name
/// point to the server, and would then be the server's own page in the eyes of the browser.
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
        // No name points to an address that stands in the browser's own address line: that needs no check but on loopback.
        return !_loopback && (!_open || LocalNames.IsMachine(host) || IPAddress.TryParse(host.Trim('[', ']'), out _));
    }
}
