using Microsoft.AspNetCore.Authorization;

namespace SpeechEmotion.Server.Access;

/// <summary>Requires an identified caller if the server has users or keys.</summary>
internal sealed class CallerRequirement : IAuthorizationRequirement
{
    /// <summary>Checks the requirement.</summary>
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
