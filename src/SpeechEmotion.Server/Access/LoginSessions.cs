using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Server.Access;

/// <summary>Who is logged in. A login lasts a week, or until the server stops.</summary>
internal sealed class LoginSessions(TimeProvider time)
{
    private const int Capacity = 10_000;
    private const int TokenBytes = 32;

    private readonly ExpiringTable<Caller> _callers = new(Capacity, Life, time);

    /// <summary>How long a login lasts.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromDays(7);

    /// <summary>Begins a login, and gives the token that proves it: hexadecimal, because some clients split cookies at <c>=</c>.</summary>
    public string Open(Caller caller)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        _callers.FindOrAdd(KeyOf(token), () => caller with { Ambient = true });
        return token;
    }

    /// <summary>Who logged in with that token; null where nobody did, or it is over.</summary>
    public Caller? Find(string token) => _callers.Find(KeyOf(token));

    /// <summary>Ends a login.</summary>
    public void Close(string token) => _callers.Remove(KeyOf(token));

    /// <summary>A table of hashes tells by its timing nothing about tokens.</summary>
    private static string KeyOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
