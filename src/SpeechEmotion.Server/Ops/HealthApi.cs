using SpeechEmotion.Server.Engine;

namespace SpeechEmotion.Server.Ops;

/// <summary>Whether the process lives, and whether its model has answered once.</summary>
internal static class HealthApi
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("health");
        group.MapGet("/live", () => TypedResults.Text("live")).WithSummary("The process answers");
        group.MapGet("/ready", (RecognizerPool recognizers) => TypedResults.Text(
            recognizers.State.ToString().ToLowerInvariant(), statusCode: recognizers.State == ModelState.Ready ? 200 : 503))
            .WithSummary("200 as soon as the model has answered once, before that 503").Produces<string>(200, "text/plain").Produces<string>(503, "text/plain");
        return routes;
    }
}
