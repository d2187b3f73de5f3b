using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>Records what a page must not do: errors, policy violations, WebSockets, requests that fail or go to another host.</summary>
internal sealed class PageWatch(Uri server)
{
    private readonly List<string> _problems = [];
    private readonly List<Regex> _expected = [];

    /// <summary>Starts to watch all pages of a profile.</summary>
    public async Task WatchAsync(IBrowserContext context)
    {
        context.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text} ({message.Location})");
        context.WebError += (_, error) => Note(true, $"page: {error.Error}");
        context.Request += (_, request) => Note(!IsOwn(request.Url), $"another host: {request.Url}");
        context.RequestFailed += (_, request) => Note(!IsCancelled(request), $"failed: {request.Method} {request.Url} {request.Failure}");
        context.Page += (_, page) => page.WebSocket += (_, socket) => Note(true, $"socket: {socket.Url}");
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))");
    }

    /// <summary>Declares a problem that the test expects.</summary>
    public void Expect(string pattern) => _expected.Add(new(pattern));

    public void ShouldBeClean()
    {
        lock (_problems)
            _problems.Where(problem => !_expected.Any(pattern => pattern.IsMatch(problem))).ShouldBeEmpty();
    }

    private static bool IsCancelled(IRequest request) => request.Failure == "net::ERR_ABORTED";

    private bool IsOwn(string url) =>
        new Uri(url) is { Scheme: "blob" or "data" } || new Uri(url).Authority == server.Authority;

    private void Note(bool isProblem, string text)
    {
        if (!isProblem)
            return;
        lock (_problems)
            _problems.Add(text);
    }
}
