using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>A server with the compact model and the page, for the tests of one class, which run one after another.</summary>
public sealed class PageServer : IAsyncLifetime
{
    private RunningServer? _server;

    internal RunningServer Running => _server!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html")))
            throw new InvalidOperationException("The page is missing: run scripts/build-web.sh, then build the tests.");
        _server = await (await RunningServer.StartAsync()).ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
