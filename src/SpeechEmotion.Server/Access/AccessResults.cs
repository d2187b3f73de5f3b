using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace SpeechEmotion.Server.Access;

/// <summary>Answers a request that a policy refuses: a foreign page is forbidden, even to a caller without a login.</summary>
internal sealed class AccessResults(Origins origins) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult switch
        {
            { Succeeded: true } => next(context),
            // ASP.NET drops the failed requirements of a caller that is not authenticated.
            _ when policy.Requirements.OfType<OwnPageRequirement>().Any() && !OwnPageRequirement.IsMet(context, origins) =>
                context.ForbidAsync(),
            _ => context.ChallengeAsync(),
        };
}
