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
    /// <param name="whyZh">The same in Chinese.</param>
    /// <param name="isTransient">Whether a later attempt may succeed; the error then has <see cref="RequestException.RetryAfter"/>.</param>
    public static RequestException Failed(string host, string why, string whyZh, bool isTransient) => new(
        422, "url.failed",
        $"The recording could not be fetched from {RequestErrors.Shown(host)}: {why}. Check the URL, or use a file.",
        $"无法从 {RequestErrors.Shown(host)} 获取录音：{whyZh}。请检查 URL，或改用文件。")
    { RetryAfter = isTransient ? 5 : null };

    /// <summary>Reports a connection that could not be made, or that was lost.</summary>
    /// <param name="host">The host of the URL.</param>
    /// <param name="failure">The cause, of which the texts say the kind only.</param>
    public static RequestException Unreachable(string host, Exception failure)
    {
        var (why, whyZh) = (failure as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ("its name could not be resolved", "无法解析该主机名"),
            HttpRequestError.SecureConnectionError => ("its certificate is not valid, or it does not speak TLS", "证书无效，或对方不支持 TLS"),
            HttpRequestError.ConnectionError => ("no connection could be made", "无法建立连接"),
            _ => ("the connection was lost, or the answer is not valid HTTP", "连接中断，或响应不是有效的 HTTP"),
        };
        return Failed(host, why, whyZh, isTransient: true);
    }

    public static RequestException TooMany() => new(
        503, "url.too_many", "Too many recordings are being fetched by URL at the moment. Try again in a few seconds.",
        "正在通过 URL 获取的录音过多，请几秒后重试。")
    { RetryAfter = 5 };
}
