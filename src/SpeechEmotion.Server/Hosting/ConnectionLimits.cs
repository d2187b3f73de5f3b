using System.Globalization;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// The limits of open requests and connections. Half of the file descriptors that the system grants remain for the server's own
/// work.
/// </summary>
internal sealed class ConnectionLimits
{
    public ConnectionLimits(IOptions<ServerOptions> options)
    {
        Requests = Math.Max(1, Math.Min(options.Value.MaxConnections, FileHandles() / 4));
        Anonymous = options.Value.RequiresLogin ? (Requests + 1) / 2 : Requests;
        EachAddress = Math.Min(options.Value.MaxConnectionsPerAddress, Anonymous);
    }

    /// <summary>The limit of all open requests, including WebSockets and requests that wait for events.</summary>
    public int Requests { get; }

    /// <summary>The limit of open requests without a login: if the server has a login, half of all requests are reserved for it.</summary>
    public int Anonymous { get; }

    /// <summary>The limit of open requests without a login from one address.</summary>
    public int EachAddress { get; }

    /// <summary>The limit of TCP connections; browsers keep more of them open than they use.</summary>
    public int Connections => 2 * Requests;

    private static int FileHandles()
    {
        const string Name = "Max open files";
        try
        {
            var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
            var soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Systems other than Linux have neither this file nor this limit.
            return int.MaxValue;
        }
    }
}
