using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.History;

namespace SpeechEmotion.Server.Ops;

/// <summary>Whether the process lives, and whether it can do its work: its model has answered once, and its history can be written.</summary>
internal static class HealthApi
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health");
        group.MapGet("/live", () => TypedResults.Text("live")).WithName("GetLiveness").WithSummary("Check whether the process answers").Produces<string>(200, "text/plain");
        group.MapGet("/ready", ReadyAsync).WithName("GetReadiness").WithSummary("Check whether the server can recognize")
            .WithDescription("200 once the model is loaded and while the history can be written, otherwise 503.")
            .Produces<string>(200, "text/plain").Produces<string>(503, "text/plain");
        return routes;
    }

    /// <summary>Answers <c>ready</c>, the model's state, or the code of what is wrong with the history.</summary>
    private static async Task<IResult> ReadyAsync([FromServices] RecognizerPool recognizers, [FromServices] HistoryCheck history)
    {
        var text = recognizers.State == ModelState.Ready ? (await history.RunAsync())?.Code : recognizers.State.ToString().ToLowerInvariant();
        return TypedResults.Text(text ?? "ready", statusCode: text is null ? 200 : 503);
    }
}
