using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Client.Webhooks;

/// <summary>Verifies that a webhook comes from the server: the signatures of Standard Webhooks.</summary>
public static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    private static readonly TimeSpan UsualTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Verifies a webhook.</summary>
    /// <param name="header">Returns the value of a header of the request, or null: <c>webhook-id</c>, <c>webhook-timestamp</c>,
    /// <c>webhook-signature</c>.</param>
    /// <param name="body">The exact bytes of the body.</param>
    /// <param name="secret">The secret of the server: <c>whsec_</c> and base64, or any text.</param>
    /// <param name="tolerance">How far the time of the webhook may be from now, in both directions; null for five minutes.</param>
    /// <param name="time">The clock; null for that of the system.</param>
    /// <returns>Whether a signature is right and the webhook is recent.</returns>
    /// <exception cref="FormatException">The text after <c>whsec_</c> is not base64.</exception>
    public static bool Verify(
        Func<string, string?> header, ReadOnlySpan<byte> body, string secret, TimeSpan? tolerance = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentException.ThrowIfNullOrEmpty(secret);
        var key = secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            ? Convert.FromBase64String(secret[SecretPrefix.Length..])
            : Encoding.UTF8.GetBytes(secret);
        if (header("webhook-id") is not { Length: > 0 } id || header("webhook-signature") is not { } signatures
            || header("webhook-timestamp") is not { } timestamp
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent))
            return false;
        var distance = Math.Abs((time ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds() - (decimal)sent);
        if (distance > (decimal)(tolerance ?? UsualTolerance).TotalSeconds)
            return false;
        return IsSignedBy(key, $"{id}.{timestamp}.", body, signatures);
    }

    private static bool IsSignedBy(byte[] key, string head, ReadOnlySpan<byte> body, string signatures)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(head));
        hash.AppendData(body);
        var expected = hash.GetHashAndReset();
        var isSigned = false;
        Span<byte> given = stackalloc byte[expected.Length];
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (signature.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64String(signature[Version.Length..], given, out var length) && length == expected.Length)
                isSigned |= CryptographicOperations.FixedTimeEquals(given, expected);
        }
        return isSigned;
    }
}
