using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>Registers access control: its services and its middleware.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services.AddJson(AccessJsonContext.Default)
        .AddSingleton<IValidateOptions<ServerOptions>, AccessValidator>()
        .AddSingleton<Credentials>().AddSingleton<LoginSessions>().AddSingleton<LoginCookies>().AddSingleton<LoginThrottle>()
        .AddSingleton<SharedHash>().AddSingleton<CredentialCheck>().AddSingleton<Origins>()
        .AddSingleton<RateLimit>().AddSingleton<ConnectionLimits>()
        .AddSingleton<IAuthorizationHandler, CallerRequirement.Handler>().AddSingleton<IAuthorizationHandler, OwnPageRequirement.Handler>()
        .AddSingleton<IAuthorizationMiddlewareResultHandler, AccessResults>().AddScoped<CallerAuthentication>()
        .AddAuthenticationCore(options =>
        {
            options.AddScheme<CallerAuthentication>(CallerAuthentication.Scheme, displayName: null);
            options.DefaultScheme = CallerAuthentication.Scheme;
        })
        .AddAuthorization(AccessPolicies.Configure)
        .AddOptions<ForwardedHeadersOptions>()
        .Configure<IOptions<ServerOptions>>((headers, options) => TrustedProxies.Configure(headers, options.Value.TrustedProxy)).Services;

    /// <summary>
    /// Determines the base path and the host name of a request, and checks the name. It runs before every response, also before
    /// the page.
    /// </summary>
    public static void UseHostCheck(this WebApplication app)
    {
        app.UseMiddleware<BasePath>();
        app.UseMiddleware<HostCheck>();
        // Without any known proxy, ASP.NET would trust all proxies.
        if (app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.TrustedProxy.Count == 0)
            return;
        app.UseForwardedHeaders();
        // Check again: both the host name that the proxy uses and the forwarded host name must be allowed.
        app.UseMiddleware<HostCheck>();
    }

    /// <summary>Checks the caller and the calling page. It runs after the page, and before every route that handles data.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseMiddleware<OriginCheck>();
        app.UseAuthentication();
        app.UseMiddleware<GuessLimit>();
        app.UseMiddleware<RequestLimit>();
        app.UseMiddleware<RateLimit>();
        app.UseAuthorization();
    }
}
