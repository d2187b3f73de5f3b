using Microsoft.AspNetCore.Authorization;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Requires an intended request. A client that sends a key intends it. A browser sends a cookie, or reaches a server without a
/// login, on behalf of any page that it shows; then the page must be the server's own, or a page on the user's machine.
/// </summary>
internal sealed class OwnPageRequirement : IAuthorizationRequirement
{
    /// <summary>Checks the requirement.</summary>
    public sealed class Handler(Origins origins) : AuthorizationHandler<OwnPageRequirement, HttpContext>
    {
        protected override Task HandleRequirementAsync(
            AuthorizationHandlerContext context, OwnPageRequirement requirement, HttpContext resource)
        {
            if (IsMet(resource, origins))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }

    /// <summary>Whether a request meets it.</summary>
    public static bool IsMet(HttpContext context, Origins origins) => context.Caller() switch
    {
        { Ambient: false } => true,
        null when LocalNames.IsLocal(context.Request.Host.Host) => true,
        _ => origins.IsOwn(context.Request),
    };
}
