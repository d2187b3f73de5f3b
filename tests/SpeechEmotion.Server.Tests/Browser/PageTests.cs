using Microsoft.Playwright;
using SpeechEmotion.Inference;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>
/// A test that opens the page. At its end the page must have made no error and no request to another host. If the test fails,
/// it saves a screenshot of the page.
/// </summary>
public abstract class PageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly List<(IBrowserContext Context, IPage Page, PageWatch Watch)> _visits = [];
    private readonly List<IAsyncDisposable> _servers = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var passed = TestContext.Current.TestState?.Result != TestResult.Failed;
        foreach (var (context, page, _) in _visits)
        {
            if (!passed)
                await page.SaveAsync(Path.Combine("failed", $"{GetType().Name}.{TestContext.Current.TestMethod?.MethodName}"));
            await context.CloseAsync();
        }
        foreach (var server in _servers)
            await server.DisposeAsync();
        if (passed)
            _visits.ForEach(visit => visit.Watch.ShouldBeClean());
    }

    /// <summary>Starts a server for this test and stops it after the pages are closed.</summary>
    internal async Task<RunningServer> ServeAsync(Func<IEmotionModel>? model = null, params (string Key, string Value)[] settings)
    {
        var server = await RunningServer.StartAsync(settings, model);
        _servers.Add(server);
        return server;
    }

    /// <summary>Starts nginx in front of a server and stops it after the pages are closed, so that none of their requests fail.</summary>
    internal async Task<Nginx> ProxyAsync(RunningServer server, bool strips)
    {
        var nginx = await Nginx.StartAsync(server, strips, sendsPrefix: false);
        _servers.Insert(0, nginx);
        return nginx;
    }

    /// <summary>Starts a server with the model store of the test.</summary>
    internal async Task<RunningServer> ServeAsync(ModelHome home, FakeHub hub, params (string Key, string Value)[] settings)
    {
        var server = await home.ServeAsync(hub, null, settings);
        _servers.Add(server);
        return server;
    }

    /// <summary>Opens the page in a new profile.</summary>
    /// <param name="server">The server of the page.</param>
    /// <param name="address">What follows the server's address, for example <c>#/history</c>.</param>
    /// <param name="how">Changes the options of <see cref="Chromium.OpenAsync"/>.</param>
    /// <param name="host">The host name in the address; null for that of the server.</param>
    internal async Task<IPage> OpenAsync(
        RunningServer server, string address = "", Action<BrowserNewContextOptions>? how = null, string? host = null)
    {
        var url = new UriBuilder(server.Url);
        if (host is not null)
            url.Host = host;
        return await OpenAsync(url.Uri, address, how);
    }

    /// <summary>Opens the page at a URL in a new profile.</summary>
    internal async Task<IPage> OpenAsync(Uri url, string address = "", Action<BrowserNewContextOptions>? how = null)
    {
        var context = await chromium.OpenAsync(how);
        var watch = new PageWatch(url);
        await watch.WatchAsync(context);
        var page = await context.NewPageAsync();
        _visits.Add((context, page, watch));
        await page.GotoAsync(url + address);
        return page;
    }

    /// <summary>Declares errors of the page that the test expects.</summary>
    /// <param name="pattern">A regular expression.</param>
    protected void ExpectProblem(string pattern) => _visits.ForEach(visit => visit.Watch.Expect(pattern));
}
