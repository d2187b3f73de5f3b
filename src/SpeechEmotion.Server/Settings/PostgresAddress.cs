using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace SpeechEmotion.Server.Settings;

/// <summary>A PostgreSQL database, as users name it.</summary>
/// <param name="Connection">The settings of a connection, with the password.</param>
/// <param name="Name">The database for people: <c>host:port/database</c>, without secrets.</param>
internal sealed record PostgresAddress(string Connection, string Name)
{
    /// <summary>Seconds until a connection attempt fails.</summary>
    private const int ConnectTimeout = 5;

    /// <summary>Seconds until a command fails. Deleting a group of a large batch takes a few.</summary>
    private const int CommandTimeout = 60;

    /// <summary>Seconds between the checks of an idle connection: firewalls forget such connections silently.</summary>
    private const int KeepAlive = 30;

    /// <summary>Most connections of a program: PostgreSQL permits 100 by default.</summary>
    private const int MostConnections = 20;

    /// <summary>A program that was stopped within a transaction must not hold its locks for long.</summary>
    private const string SessionOptions = "-c idle_in_transaction_session_timeout=60s";

    /// <summary>
    /// Reads <c>postgresql://user:password@host:port/database?setting=value</c>, or settings of Npgsql as <c>Host=...;Database=...</c>.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresAddress? address)
    {
        address = null;
        try
        {
            var settings = new NpgsqlConnectionStringBuilder
            {
                Timeout = ConnectTimeout,
                CommandTimeout = CommandTimeout,
                KeepAlive = KeepAlive,
                MaxPoolSize = MostConnections,
                Options = SessionOptions,
                ApplicationName = "SpeechEmotion",
                // Npgsql would first ask name servers for Kerberos, which takes ten seconds where none answers.
                GssEncryptionMode = GssEncryptionMode.Disable,
                // Resets would be half of all commands. Code that changes a session restores it.
                NoResetOnClose = true,
            };
            foreach (var (name, value) in text.Contains("://", StringComparison.Ordinal) ? OfUrl(text) : OfKeywords(text))
                settings[name] = value;
            if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database))
                return false;
            address = new(settings.ConnectionString, $"{settings.Host}:{settings.Port}/{settings.Database}");
            return true;
        }
        // Unknown settings and wrong values.
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }

    private static IEnumerable<(string Name, object Value)> OfKeywords(string text)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = text };
        return from string name in given.Keys select (name, given[name]);
    }

    private static IEnumerable<(string Name, object Value)> OfUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("postgresql" or "postgres"))
            yield break;
        yield return ("Host", url.IdnHost);
        if (!url.IsDefaultPort)
            yield return ("Port", url.Port);
        yield return ("Database", Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')));
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            yield return ("Username", Uri.UnescapeDataString(user[0]));
        if (user.Length > 1)
            yield return ("Password", Uri.UnescapeDataString(user[1]));
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            yield return (NameOf(Uri.UnescapeDataString(parts[0])), Uri.UnescapeDataString(parts[^1]));
        }
    }

    /// <summary>The name in Npgsql of a setting as libpq spells it, in whose URLs words are joined.</summary>
    private static string NameOf(string setting) => setting switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "application_name" => "Application Name",
        "connect_timeout" => "Timeout",
        "target_session_attrs" => "Target Session Attributes",
        _ => setting,
    };
}
