using System.Net;
using SpeechEmotion.Client.Errors;

namespace SpeechEmotion.Client.Connection;

/// <summary>The errors that the client itself reports, in both languages.</summary>
internal static class ConnectionErrors
{
    /// <summary>The server cannot be reached, or the connection was lost.</summary>
    public static ServerException Unreachable(string language, Uri server, Exception inner) => new(
        "client.unreachable",
        In(language, $"The server {server} cannot be reached: {inner.Message}", $"无法连接服务器 {server}：{inner.Message}"), inner)
    {
        // A wrong name or certificate does not become right by itself.
        IsTemporary = inner is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        },
    };

    /// <summary>The answer is not what this client understands.</summary>
    public static ServerException BadAnswer(string language, Uri? address, Exception? inner) => new(
        "client.bad_answer",
        In(
            language,
            $"The answer of {address} cannot be understood. Is this the address of a SpeechEmotion server of the same version?",
            $"无法理解 {address} 的响应。请确认该地址是同一版本的 SpeechEmotion 服务器。"), inner);

    /// <summary>A recording on this machine cannot be read.</summary>
    public static ServerException UnreadableFile(string language, string name, Exception inner) => new(
        "client.unreadable_file",
        In(language, $"'{name}' cannot be read: {inner.Message}", $"无法读取“{name}”：{inner.Message}"), inner);

    /// <summary>A recording is larger than what the server accepts in one request.</summary>
    public static ServerException TooLarge(string language, string name, long limit) => new(
        "upload.too_large",
        In(
            language,
            FormattableString.Invariant($"'{name}' is larger than the limit of the server, {limit / 1e6:0.#} MB."),
            FormattableString.Invariant($"“{name}”超过服务器上限 {limit / 1e6:0.#} MB。")));

    /// <summary>An error without a problem document, for example from a proxy.</summary>
    public static ServerException OfStatus(string language, HttpStatusCode status, TimeSpan? retryAfter) => new(
        $"http.{(int)status}",
        In(language, $"The server answered with status {(int)status}.", $"服务器返回状态 {(int)status}。"))
    {
        Status = status,
        RetryAfter = retryAfter,
        IsTemporary = status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            || (status == HttpStatusCode.TooManyRequests && retryAfter is not null),
    };

    /// <summary>A recognition that was cancelled.</summary>
    public static ServerException Cancelled(string language, string id) => new(
        "recognition.cancelled", In(language, $"The recognition {id} was cancelled.", $"识别 {id} 已被取消。"));

    private static string In(string language, string message, string messageZh) => language == "zh" ? messageZh : message;
}
