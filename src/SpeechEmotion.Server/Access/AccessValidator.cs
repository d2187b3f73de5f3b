using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>Validates the settings of access control.</summary>
internal sealed class AccessValidator : IValidateOptions<ServerOptions>
{
    private const int KeyLength = 8;

    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(ServerOptions options)
    {
        // A message about a secret does not contain the secret.
        if (options.Auth.Any(pair => pair.Split(':', 2) is not [{ Length: > 0 }, { Length: > 0 }]))
            yield return "--auth is user:password, neither of them empty. / --auth 的格式为 用户名:密码，两者均不能为空。";
        if (options.ApiKey.Any(key => key.Length < KeyLength || key.Any(c => c is <= ' ' or > '~')))
        {
            yield return $"--api-key needs at least {KeyLength} ASCII characters without spaces. "
                + $"/ --api-key 至少 {KeyLength} 个 ASCII 字符，且不含空格。";
        }
        foreach (var proxy in options.TrustedProxy.Where(proxy => !TrustedProxies.TryParse(proxy, out _)))
        {
            yield return $"--trusted-proxy {proxy} is not an IP address or network (10.0.0.1, 10.0.0.0/8). "
                + $"/ --trusted-proxy {proxy} 不是 IP 地址或网段（10.0.0.1、10.0.0.0/8）。";
        }
        foreach (var host in options.AllowHost.Where(host => Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown))
        {
            yield return $"--allow-host {host} is not a host name; omit the scheme and the port. "
                + $"/ --allow-host {host} 不是主机名，请勿包含协议和端口。";
        }
        if (!BasePath.TryParse(options.BasePath, out _))
        {
            yield return $"--base-path {options.BasePath} is not a valid path prefix; "
                + "write it like /ser, with letters, digits, - . _ and ~. "
                + $"/ --base-path {options.BasePath} 不是有效的路径前缀，格式如 /ser，仅含字母、数字和 - . _ ~。";
        }
        foreach (var origin in options.AllowOrigin.Where(origin => Origins.Parse(origin) is null))
        {
            yield return $"--allow-origin {origin} is not the origin of a page; give scheme, host and port only, "
                + "for example https://app.example.com. "
                + $"/ --allow-origin {origin} 不是网页来源，请只写协议、主机和端口，例如 https://app.example.com。";
        }
        if (options.Https && options.Cert is not null)
        {
            yield return "--https creates a certificate, --cert uses an existing one: give only one of them. "
                + "/ --https 生成自签名证书，--cert 使用已有证书，二者只能选一。";
        }
    }
}
