using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>The key that signs webhooks, as Standard Webhooks describes it.</summary>
internal sealed class WebhookKey
{
    /// <summary>The shortest secret, in characters.</summary>
    public const int MinLength = 16;

    private const string Prefix = "whsec_";

    private readonly byte[] _bytes;

    private WebhookKey(byte[] bytes) => _bytes = bytes;

    /// <summary>Reads a secret: base64 after <c>whsec_</c>, else the bytes of its text.</summary>
    /// <returns>Null if it is too short, or is not base64 after the prefix.</returns>
    public static WebhookKey? Parse(string secret)
    {
        if (secret.Length < MinLength)
            return null;
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            return new(Encoding.UTF8.GetBytes(secret));
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var count) ? new(bytes[..count]) : null;
    }

    /// <summary>Returns the signature of a message: <c>v1,</c> and the HMAC-SHA256 in base64.</summary>
    /// <param name="id">Identifier of the event.</param>
    /// <param name="timestamp">Time of the attempt in seconds since 1970.</param>
    /// <param name="body">The body.</param>
    public string Sign(string id, long timestamp, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(_bytes, Encoding.UTF8.GetBytes(signed)))}";
    }
}
