using SpeechEmotion.Server.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedRabbit))]

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>One server for all tests that do not disturb it, with a virtual host for each.</summary>
public sealed class SharedRabbit : IAsyncDisposable
{
    private static readonly Lazy<RabbitServer> Started = new(() => RabbitServer.Start());

    private static int _hosts;

    internal static RabbitServer Server => Started.Value;

    /// <summary>Creates an empty virtual host.</summary>
    /// <returns>Its address.</returns>
    internal static string CreateHost()
    {
        var host = $"test{Interlocked.Increment(ref _hosts)}";
        Server.Control("add_vhost", host);
        Server.Control("set_permissions", "-p", host, "guest", ".*", ".*", ".*");
        return Server.AddressOf(host);
    }

    public async ValueTask DisposeAsync()
    {
        if (Started.IsValueCreated)
            await Started.Value.DisposeAsync();
    }
}
