using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Rejects wrong keys and passwords beyond the bound of <see cref="LoginThrottle"/>. It runs before the other limits, so that one
/// who guesses does not use up the requests of others at the same address.
/// </summary>
internal sealed class GuessLimit(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var failure = (await context.AuthenticateAsync()).Failure as RequestException;
        await (failure?.Status == StatusCodes.Status429TooManyRequests && IsGuarded(context.GetEndpoint())
            ? ProblemAnswers.WriteAsync(context, failure)
            : next(context));
    }

    private static bool IsGuarded(Endpoint? endpoint) => endpoint is null
        || (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && !endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == AccessPolicies.OwnPage));
}
