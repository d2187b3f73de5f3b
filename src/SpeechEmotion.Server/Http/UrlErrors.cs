namespace SpeechEmotion.Server.Http;

/// <summary>The errors of URLs that clients give. Messages contain only the host: the rest may be secret.</summary>
internal static class UrlErrors
{
    /// <summary>The start of the codes of all errors here.</summary>
    public const string Prefix = "url.";

    /// <summary>The code of <see cref="Refused"/>.</summary>
    public const string RefusedCode = Prefix + "refused";

    public static RequestException NotAllowed() => new(
        403, "url.not_allowed",
        "URL inputs are not allowed. Upload the recording, start the server with --allow-url-input, or run ser batch with --allow-urls.",
        "不接受 URL 输入。请上传录音，或用 --allow-url-input 启动服务，或在 ser batch 中使用 --allow-urls。");

    public static RequestException Refused(string host) => new(
        403, RefusedCode,
        $"Nothing is fetched from {RequestErrors.Shown(host)}: only http and https addresses of the public internet are allowed.",
        $"不会访问 {RequestErrors.Shown(host)}：只允许公网的 http 或 https 地址。");

    /// <summary>Reports a fetch that failed.</summary>
    /// <param name="host">The host of the URL.</param>
    /// <param name="why">What happened, as a part of a sentence.</param>
    /// <param name="isTransient">Whether a later attempt may succeed; the error then has <see cref="RequestException.RetryAfter"/>.</param>
    public static RequestException Failed(string host, string why, bool isTransient) => new(
        422, "url.failed",
        $"The recording could not be fetched from {RequestErrors.Shown(host)}: {why}. Check the URL, or use a file.",
        $"无法从 {RequestErrors.Shown(host)} 获取录音：{why}。请检查 URL，或改用文件。")
    { RetryAfter = isTransient ? 5 : null };

    public static RequestException TooMany() => new(
        503, "url.too_many", "Queue is full: too many recordings are being fetched by URL. Try again in a few seconds.",
        "正在通过 URL 获取的录音过多，请几秒后重试。")
    { RetryAfter = 5 };
}
