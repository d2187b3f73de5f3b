using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Cluster;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Monitoring;

/// <summary>
/// The probes: whether the process answers, and whether it is ready, with its model loaded and its history writable; and for operators,
/// what is missing.
/// </summary>
internal static class HealthApi
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health").AllowAnonymous().WithMetadata(RequestCost.None);
        group.MapGet("/live", () => TypedResults.Text("live")).WithName("GetLiveness").WithSummary("Check whether the process answers")
            .Produces<string>(200, "text/plain");
        // Some probes send HEAD.
        group.MapMethods("/live", [HttpMethods.Head], () => TypedResults.Text("live")).ExcludeFromDescription();
        group.MapMethods("/ready", [HttpMethods.Head], ReadyAsync).ExcludeFromDescription();
        group.MapGet("/ready", ReadyAsync).WithName("GetReadiness").WithSummary("Check whether the server can recognize")
            .WithDescription("200 once the model is loaded and while the history can be written, otherwise 503.")
            .Produces<string>(200, "text/plain").Produces<string>(503, "text/plain");
        group.MapMethods("/", [HttpMethods.Head], GetAsync).ExcludeFromDescription();
        group.MapGet("/", GetAsync).WithName("GetHealth").WithSummary("Get what is missing, and why a queue does not move")
            .WithDescription(
                "503 where /health/ready answers 503. A missing broker, or files that cannot be stored for now, leave the server usable: "
                + "200.")
            .Produces<HealthResource>().Produces<HealthResource>(503);
        return routes;
    }

    /// <summary>Returns <c>ready</c>, the model's state, or the error code of the history.</summary>
    private static async Task<IResult> ReadyAsync([FromServices] RecognizerPool recognizers, [FromServices] HistoryCheck history)
    {
        var text = recognizers.State == ModelState.Ready
            ? (await history.RunAsync())?.Code
            : recognizers.State.ToString().ToLowerInvariant();
        return TypedResults.Text(text ?? "ready", statusCode: text is null ? 200 : 503);
    }

    private static async Task<IResult> GetAsync(
        [FromServices] RecognizerPool recognizers, [FromServices] InstallationParts parts, [FromServices] ClusterSurvey survey)
    {
        var (model, found) = (recognizers.State, await parts.CheckAsync());
        var isReady = model == ModelState.Ready && !found.Any(part => part is { Kind: PartKind.Database, Failure: not null });
        // Not asked anew: callers need no login.
        var standstill = isReady ? survey.Latest?.Standstill?.Code : null;
        var state = !isReady ? HealthState.Unready
            : standstill is not null || found.Any(part => part.Failure is not null) ? HealthState.Degraded
            : HealthState.Healthy;
        return TypedResults.Json(
            new HealthResource(state, model, [.. found.Select(part => new PartHealth(part.Kind, part.Failure?.Code))], standstill),
            statusCode: isReady ? 200 : 503);
    }
}
