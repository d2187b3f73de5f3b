using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Access;

/// <summary>Why somebody may not use the server, each with its code and both texts.</summary>
internal static class AccessErrors
{
    public static RequestException Denied() => new(
        401, "access.denied",
        "This server asks for a login or a key. Log in on its page, or send `Authorization: Bearer KEY`, `X-API-Key: KEY`, or user and password with HTTP Basic.",
        "本服务需要登录或密钥。请在网页上登录，或发送 Authorization: Bearer 密钥、X-API-Key: 密钥，或 HTTP Basic 用户名与密码。");

    public static RequestException TooManyGuesses(int retryAfter) => new(
        429, "access.too_many_tries", $"Too many wrong passwords or keys from your address. Try again in {retryAfter} s.",
        $"来自您地址的错误密码或密钥过多，请 {retryAfter} 秒后重试。")
    { RetryAfter = retryAfter };

    public static RequestException UnknownHost(string host) => new(
        403, "access.host",
        $"This server answers only as localhost, and was called {host}. If that is its name, start it with --allow-host {host}.",
        $"本服务仅以 localhost 应答，而请求的主机名为 {host}。如果这确实是它的名称，请用 --allow-host {host} 启动。");

    public static RequestException ForeignOrigin(string origin) => new(
        403, "access.origin",
        $"The page {origin} is not this server's own, so its requests are refused. Programs send no Origin; a page of another site may use the REST API with a key (--api-key), and another name of this server is told with --allow-host.",
        $"页面 {origin} 不属于本服务，其请求已被拒绝。程序无需发送 Origin；其他网站的页面可凭密钥（--api-key）使用 REST 接口，本服务的其他名称用 --allow-host 指定。");
}
