using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>Validates the settings of webhooks. A message about the secret does not contain it.</summary>
internal sealed class WebhookValidator : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(ServerOptions options)
    {
        if (options.WebhookSecret is { } secret && WebhookKey.Parse(secret) is null)
        {
            yield return $"--webhook-secret needs at least {WebhookKey.MinLength} characters; after whsec_ they are base64. "
                + $"/ --webhook-secret 至少 {WebhookKey.MinLength} 个字符；以 whsec_ 开头时其后为 base64。";
        }
        foreach (var host in options.WebhookHost.Where(host => Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown))
        {
            yield return $"--webhook-host {host} is not a host name; omit the scheme and the port. "
                + $"/ --webhook-host {host} 不是主机名，请勿包含协议和端口。";
        }
    }
}
