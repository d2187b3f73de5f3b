using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Server.Settings;

/// <summary>A RabbitMQ broker of one or several nodes, as users name it.</summary>
/// <param name="Hosts">Host and port of each node.</param>
/// <param name="IsEncrypted">Whether connections use TLS.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The password.</param>
/// <param name="VirtualHost">The virtual host.</param>
internal sealed partial record BrokerAddress(
    IReadOnlyList<(string Host, int Port)> Hosts, bool IsEncrypted, string User, string Password, string VirtualHost)
{
    private const int Port = 5672;
    private const int EncryptedPort = 5671;

    /// <summary>The user of a new broker, which it accepts from its own machine only.</summary>
    private const string DefaultLogin = "guest";

    /// <summary>The broker for people, without secrets.</summary>
    public string Name => $"{string.Join(',', Hosts.Select(NameOf))}/{VirtualHost.TrimStart('/')}";

    /// <summary>Reads <c>amqp://user:password@host:port,host:port/virtual-host</c>; <c>amqps</c> for TLS.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BrokerAddress? address)
    {
        address = null;
        var match = Pattern().Match(text);
        if (!match.Success)
            return false;
        var isEncrypted = match.Groups["encrypted"].Success;
        var hosts = new List<(string, int)>();
        foreach (var node in match.Groups["hosts"].Value.Split(','))
        {
            if (!Uri.TryCreate($"amqp://{node}", UriKind.Absolute, out var url) || url is not { AbsolutePath: "" or "/", Host.Length: > 0 })
                return false;
            hosts.Add((url.IdnHost, url.Port > 0 ? url.Port : isEncrypted ? EncryptedPort : Port));
        }
        address = new(
            hosts, isEncrypted, Given("user") ?? DefaultLogin, Given("password") ?? DefaultLogin, Given("virtual") ?? "/");
        return true;

        string? Given(string group) => match.Groups[group].Value is { Length: > 0 } given ? Uri.UnescapeDataString(given) : null;
    }

    // A record's own text would contain the password.
    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string NameOf((string Host, int Port) node) =>
        node.Host.Contains(':', StringComparison.Ordinal) ? $"[{node.Host}]:{node.Port}" : $"{node.Host}:{node.Port}";

    [GeneratedRegex("^amqp(?<encrypted>s)?://((?<user>[^:@/]*)(:(?<password>[^@/]*))?@)?(?<hosts>[^@/?#]+)(/(?<virtual>[^/?#@]*))?\\z")]
    private static partial Regex Pattern();
}
