using Microsoft.AspNetCore.Authorization;

namespace SpeechEmotion.Server.Access;

/// <summary>The caller has proven its identity, where the server requires that.</summary>
internal sealed class CallerRequirement : IAuthorizationRequirement
{
    /// <summary>Checks it.</summary>
    public sealed class Handler(Credentials credentials) : AuthorizationHandler<CallerRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CallerRequirement requirement)
        {
            if (!credentials.Required || context.User.Identity is { IsAuthenticated: true })
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
