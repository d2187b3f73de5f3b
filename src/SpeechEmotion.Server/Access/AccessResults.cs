using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace SpeechEmotion.Server.Access;

/// <summary>Answers a request that a policy refuses: a foreign page is forbidden, even to a caller without a login.</summary>
internal sealed class AccessResults : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult switch
        {
            { Succeeded: true } => next(context),
            { AuthorizationFailure: { } failure } when failure.FailedRequirements.OfType<OwnPageRequirement>().Any() =>
                context.ForbidAsync(),
            _ => context.ChallengeAsync(),
        };
}
