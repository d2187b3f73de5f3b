using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>The errors of webhooks, each with its code and both texts. None contains the URL, which may be secret.</summary>
internal static class WebhookErrors
{
    public const string Status = "webhook.status";
    public const string Timeout = "webhook.timeout";
    public const string Unreachable = "webhook.unreachable";
    public const string Certificate = "webhook.certificate";
    public const string Refused = "webhook.refused";

    public static RequestException NoSecret() => new(
        422, "webhook.no_secret",
        "This server sends no webhooks, because it has no key to sign them. Start it with --webhook-secret, or leave out webhook.",
        "本服务没有签名密钥，无法发送回调通知。请用 --webhook-secret 启动服务，或去掉 webhook。");

    public static RequestException BadUrl(int longest) => new(
        422, "webhook.bad_url",
        $"webhook is not a URL that the server can call: it starts with https:// or http://, has at most {longest} characters, "
            + "and contains no user name.",
        $"webhook 不是可调用的 URL：应以 https:// 或 http:// 开头，最多 {longest} 个字符，且不含用户名。");

    public static RequestException Private(string host) => new(
        422, Refused,
        $"The server sends no webhook to {RequestErrors.Shown(host)}, which is not an address of the public internet. "
            + "Its operator can allow the host with --webhook-host.",
        $"服务不会向非公网地址 {RequestErrors.Shown(host)} 发送回调通知。管理员可用 --webhook-host 允许该主机。");

    public static RequestException Unknown(string id) => new(
        404, "webhook.not_found", $"There is no webhook {RequestErrors.Shown(id)}. It may have been deleted.",
        $"没有回调通知 {RequestErrors.Shown(id)}，可能已被删除。");

    /// <summary>Returns why the latest attempt failed, in a language; null if it did not fail.</summary>
    public static ErrorResource? Of(WebhookEntry entry, string language)
    {
        if (entry.Code is not { } code)
            return null;
        var (message, messageZh) = code switch
        {
            Status => ($"The receiver answered with status {entry.Status}.", $"接收方返回状态 {entry.Status}。"),
            Timeout => ("The receiver did not answer in time.", "接收方未及时响应。"),
            Certificate => ("The receiver's certificate is not valid.", "接收方的证书无效。"),
            Refused => (
                "The receiver is not on the public internet. The operator of the server can allow it with --webhook-host.",
                "接收方不在公网上。管理员可用 --webhook-host 允许该主机。"),
            _ => ("The receiver could not be reached.", "无法连接接收方。"),
        };
        return new(code, language == "zh" ? messageZh : message);
    }
}
