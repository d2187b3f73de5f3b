using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Jobs;

/// <summary>The value of the header that lets a client repeat a request without starting a second recognition.</summary>
/// <param name="Scope">Owner of the key: a user or an API key; empty if the server requires no authentication.</param>
/// <param name="Value">The value that the client chose.</param>
internal sealed record IdempotencyKey(string Scope, string Value)
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 255;

    /// <summary>Returns the key of a request, or null if it has none.</summary>
    /// <param name="value">The header; null if it is missing.</param>
    /// <param name="context">The request, which identifies the caller.</param>
    /// <exception cref="RequestException"><c>idempotency.invalid</c>.</exception>
    public static IdempotencyKey? Of(string? value, HttpContext context)
    {
        if (value is null)
            return null;
        return value.Length is > 0 and <= MaxLength && value.All(c => c is >= ' ' and <= '~')
            ? new(context.Caller()?.Quota ?? "", value)
            : throw new RequestException(
                400, "idempotency.invalid", $"{Header} must be 1 to {MaxLength} printable ASCII characters, for example a UUID.",
                $"{Header} 应为 1 到 {MaxLength} 个可打印 ASCII 字符，例如 UUID。");
    }
}
