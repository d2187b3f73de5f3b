using SpeechEmotion.Server.Http;
using static SpeechEmotion.Server.Http.RequestErrors;

namespace SpeechEmotion.Server.Access;

/// <summary>The errors of access control, each with its code and both texts.</summary>
internal static class AccessErrors
{
    public static RequestException Denied() => new(
        401, "access.denied",
        "This server requires a login or a key. Log in on its page, or send `Authorization: Bearer KEY`, `X-API-Key: KEY`, "
            + "or user and password with HTTP Basic.",
        "本服务需要登录或密钥。请在网页上登录，或发送 Authorization: Bearer 密钥、X-API-Key: 密钥，或 HTTP Basic 用户名与密码。");

    public static RequestException TooManyGuesses(int retryAfter) => new(
        429, "access.too_many_tries", $"Too many wrong passwords or keys from your address. Try again in {retryAfter} s.",
        $"来自您地址的错误密码或密钥过多，请 {retryAfter} 秒后重试。")
    { RetryAfter = retryAfter };

    public static RequestException TooManyOpen(int limit) => new(
        429, "access.too_many_open",
        $"{limit} requests from your address are already open. Close some, log in, or start the server with a larger "
            + "--max-connections-per-address.",
        $"来自您地址的未完成请求已达 {limit} 个。请先关闭一些或登录，或用更大的 --max-connections-per-address 启动服务。")
    { RetryAfter = 5 };

    public static RequestException Busy(int limit) => new(
        503, "server.busy",
        $"{limit} requests are already open. Try again in a few seconds, or start the server with a larger --max-connections.",
        $"未完成的请求已达 {limit} 个，请几秒后重试，或用更大的 --max-connections 启动服务。")
    { RetryAfter = 5 };

    /// <summary>Refuses a request for a host name that the server does not know.</summary>
    /// <param name="host">The host name.</param>
    /// <param name="loopback">Whether the server listens on loopback only.</param>
    public static RequestException UnknownHost(string host, bool loopback) => loopback
        ? new(
            403, "access.host",
            $"This server answers only as localhost, but the request names the host {Shown(host)}. "
                + $"If that is its name, start it with --allow-host {Shown(host)}.",
            $"本服务仅以 localhost 应答，而请求的主机名为 {Shown(host)}。如果这确实是它的名称，请用 --allow-host {Shown(host)} 启动。")
        : new(
            403, "access.host",
            $"Without a password this server answers only to its addresses and this machine's name, but the request names the host "
                + $"{Shown(host)}. If that is its name, start it with --allow-host {Shown(host)}, or require a password with --auth.",
            $"本服务未设密码，仅以本机地址和主机名应答，而请求的主机名为 {Shown(host)}。"
                + $"如果这确实是它的名称，请用 --allow-host {Shown(host)} 启动，或用 --auth 设置密码。");

    public static RequestException ForeignOrigin(string origin) => new(
        403, "access.origin",
        $"The page {origin} does not belong to this server, so its requests are refused. Programs need not send Origin. "
            + "A page of another site can use the REST API with a key (--api-key), or if the server is started with --allow-origin. "
            + "Use --allow-host to add another name of this server.",
        $"页面 {origin} 不属于本服务，其请求已被拒绝。程序无需发送 Origin；其他网站的页面可凭密钥（--api-key）"
            + "或在用 --allow-origin 启动后使用 REST 接口，本服务的其他名称用 --allow-host 指定。");
}
