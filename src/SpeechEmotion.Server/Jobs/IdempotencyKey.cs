using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Jobs;

/// <summary>The header by which a client may repeat a request without a second recognition.</summary>
/// <param name="Scope">Whose key it is: the user's or the API key's; empty where the server asks for none.</param>
/// <param name="Value">What the client chose.</param>
internal sealed record IdempotencyKey(string Scope, string Value)
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 255;

    /// <summary>The key of a request; null where it has none.</summary>
    /// <param name="value">The header; null where there is none.</param>
    /// <param name="context">Tells who asks.</param>
    /// <exception cref="RequestException"><c>idempotency.invalid</c>.</exception>
    public static IdempotencyKey? Of(string? value, HttpContext context)
    {
        if (value is null)
            return null;
        return value.Length is > 0 and <= MaxLength && value.All(c => c is >= ' ' and <= '~')
            ? new(context.Caller()?.Quota ?? "", value)
            : throw new RequestException(
                400, "idempotency.invalid", $"{Header} is one text of 1 to {MaxLength} printable ASCII characters, for example a UUID.",
                $"{Header} 应为 1 到 {MaxLength} 个可打印 ASCII 字符，例如 UUID。");
    }
}
