using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Access;

namespace SpeechEmotion.Server.Listening;

/// <summary>Says in the log where the server is reached, and whether everybody may use it.</summary>
internal sealed class ServingNotice(
    IServer server, IOptions<ServerOptions> options, ServerFolder folder, Credentials credentials, ILogger<ServingNotice> logger) : IHostedLifecycleService
{
    /// <summary>Every address that a user can click.</summary>
    public IReadOnlyList<string> Urls { get; private set; } = [];

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var bound = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var address = Listener.AddressOf(options.Value.Host);
        Urls = [.. MachineAddresses.Urls(bound.Scheme, address, bound.Port)];
        Log.Serving(logger, ProductVersion.Text, string.Join(" ", Urls), folder.Output);
        if (!IPAddress.IsLoopback(address) && !credentials.Required)
            Log.Open(logger);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
