using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>Who may use the server, put together.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services.AddJson(AccessJsonContext.Default)
        .AddSingleton<IValidateOptions<ServerOptions>, AccessValidator>()
        .AddSingleton<Credentials>().AddSingleton<LoginSessions>().AddSingleton<LoginCookies>().AddSingleton<LoginThrottle>().AddSingleton<CredentialCheck>().AddSingleton<Origins>()
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

    /// <summary>Finds out the path and the name by which the server was called, and checks the name. Before anything is answered, the page too.</summary>
    public static void UseHostCheck(this WebApplication app)
    {
        app.UseMiddleware<BasePath>();
        app.UseMiddleware<HostCheck>();
        // Without any known proxy ASP.NET would believe all.
        if (app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.TrustedProxy.Count == 0)
            return;
        app.UseForwardedHeaders();
        // Once more: both what the proxy was called and what it calls the server have to be right.
        app.UseMiddleware<HostCheck>();
    }

    /// <summary>Checks who asks, and from which page. After the page, before all that takes or gives data.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseMiddleware<OriginCheck>();
        app.UseAuthentication();
        app.UseMiddleware<RequestLimit>();
        app.UseMiddleware<RateLimit>();
        app.UseAuthorization();
    }
}
