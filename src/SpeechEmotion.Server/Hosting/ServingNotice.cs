using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>Logs the server's URLs, and a warning if other machines can use it without a login.</summary>
internal sealed class ServingNotice(
    IServer server, IOptions<ServerOptions> options, ServerFolder folder, IHostApplicationLifetime lifetime,
    ILogger<ServingNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var bound = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var address = Listener.AddressOf(options.Value.Host);
        var urls = MachineAddresses.Urls(bound.Scheme, address, bound.Port).Select(url => url + options.Value.BasePath.TrimEnd('/'));
        Log.Serving(logger, ProductVersion.Text, string.Join(" ", urls), folder.Output);
        if (!IPAddress.IsLoopback(address) && !options.Value.RequiresLogin)
            Log.Open(logger);
    }
}
