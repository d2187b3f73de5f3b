using System.Globalization;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>How much may be open at once. Half of the files that the system gives the server stay for its own work.</summary>
internal sealed class ConnectionLimits
{
    public ConnectionLimits(IOptions<ServerOptions> options)
    {
        Requests = Math.Max(1, Math.Min(options.Value.MaxConnections, FileHandles() / 4));
        Anonymous = options.Value.RequiresLogin ? (Requests + 1) / 2 : Requests;
        EachAddress = Math.Min(options.Value.MaxConnectionsPerAddress, Anonymous);
    }

    /// <summary>Requests in all, those that only wait for events and WebSockets among them.</summary>
    public int Requests { get; }

    /// <summary>Those of clients without login: where there is one, half of all stay for those who have it.</summary>
    public int Anonymous { get; }

    /// <summary>Those of clients without login from one address.</summary>
    public int EachAddress { get; }

    /// <summary>TCP connections, of which browsers keep some more open than they use.</summary>
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
            // Other systems have no such file, and set no such limit.
            return int.MaxValue;
        }
    }
}
