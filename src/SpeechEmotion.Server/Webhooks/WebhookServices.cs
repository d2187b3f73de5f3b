using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>Registers the services that validate, send and list webhooks.</summary>
internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services.AddJson(WebhookJsonContext.Default)
        .AddSingleton<IValidateOptions<ServerOptions>, WebhookValidator>().AddSingleton<WebhookTargets>().AddSingleton<WebhookSender>()
        .AddHostedService<WebhookDeliveries>();
}
