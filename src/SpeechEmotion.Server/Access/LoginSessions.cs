using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Server.Access;

/// <summary>The open logins. A login lasts a week, or until the server stops.</summary>
internal sealed class LoginSessions(TimeProvider time)
{
    private const int Capacity = 10_000;
    private const int TokenBytes = 32;

    private readonly ExpiringTable<Caller> _callers = new(Capacity, Life, time);

    /// <summary>The lifetime of a login.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromDays(7);

    /// <summary>Opens a login and returns its token: hexadecimal, because some clients split cookies at <c>=</c>.</summary>
    public string Open(Caller caller)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        _callers.FindOrAdd(KeyOf(token), () => caller with { Ambient = true });
        return token;
    }

    /// <summary>Returns the caller of a token; null if the token is unknown or expired.</summary>
    public Caller? Find(string token) => _callers.Find(KeyOf(token));

    /// <summary>Closes a login.</summary>
    public void Close(string token) => _callers.Remove(KeyOf(token));

    /// <summary>Hashes a token, so that the timing of a look-up reveals nothing about the stored tokens.</summary>
    private static string KeyOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
