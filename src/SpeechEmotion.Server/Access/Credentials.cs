using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>The passwords and keys in the server's settings. Only their hashes are compared.</summary>
internal sealed class Credentials
{
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly ServerOptions _options;
    private readonly (Caller Caller, byte[] Hash)[] _users;
    private readonly (Caller Caller, byte[] Hash)[] _keys;

    public Credentials(IOptions<ServerOptions> options)
    {
        _options = options.Value;
        _users = [.. options.Value.Auth.Select(pair => (new Caller(NameOf(pair), $"user:{NameOf(pair)}", Ambient: true), Hash(pair)))];
        _keys = [.. options.Value.ApiKey.Select((key, i) => (new Caller(Caller.KeyName, $"key:{i}", Ambient: false), Hash(key)))];
    }

    /// <summary>Whether callers must send credentials.</summary>
    public bool Required => _users.Length + _keys.Length > 0;

    /// <summary>The accepted kinds of credentials: <c>password</c>, <c>api_key</c>.</summary>
    public IReadOnlyList<string> Methods =>
    [
        .. (_users.Length > 0 ? ["password"] : Array.Empty<string>()),
        .. (_keys.Length > 0 ? ["api_key"] : Array.Empty<string>()),
    ];

    /// <summary>Returns the owner of a key or password; null if it is wrong.</summary>
    public Caller? Find(Proof proof) => Find(proof.IsKey ? _keys : _users, proof.Secret);

    /// <summary>Returns a hash that identifies a proof without its secret. The hash differs in each run of the server.</summary>
    public string HashOf(Proof proof) => $"{proof.IsKey}:{Convert.ToHexString(Hash(proof.Secret))}";

    /// <summary>Returns a hash of a token and the credentials of a caller, which changes with them; null if the caller has none.</summary>
    public string? StampOf(Caller caller, string token)
    {
        var secret = caller.Quota.Split(':', 2) switch
        {
            ["user", var name] => _options.Auth.LastOrDefault(pair => NameOf(pair) == name),
            ["key", var number] => _options.ApiKey.ElementAtOrDefault(int.Parse(number, CultureInfo.InvariantCulture)),
            _ => null,
        };
        return secret is null
            ? null
            : Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(secret)));
    }

    private static string NameOf(string pair) => pair[..pair.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>Finds a secret. The time reveals neither which secret matches nor how many of its bytes are right.</summary>
    private Caller? Find((Caller Caller, byte[] Hash)[] all, string shown)
    {
        var hash = Hash(shown);
        Caller? found = null;
        foreach (var (caller, right) in all)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, right))
                found = caller;
        }
        return found;
    }

    private byte[] Hash(string secret) => HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(secret));
}
