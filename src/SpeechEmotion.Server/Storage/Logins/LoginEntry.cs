namespace SpeechEmotion.Server.Storage.Logins;

/// <summary>A login that all servers of a shared database accept.</summary>
public sealed class LoginEntry
{
    /// <summary>The SHA-256 of its token: the database does not have the token.</summary>
    public required string Key { get; set; }

    /// <summary>The user.</summary>
    public required string Name { get; set; }

    /// <summary>The key of the rate limit that its requests count against.</summary>
    public required string Quota { get; set; }

    /// <summary>A hash of the token and the credentials: a login ends when its password or key is changed or removed.</summary>
    public required string Stamp { get; set; }

    /// <summary>Time of its end in milliseconds since 1970.</summary>
    public required long Expires { get; set; }
}
