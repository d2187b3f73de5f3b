using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;

namespace SpeechEmotion.Server.Recognitions;

/// <summary><c>/api/v1/recognitions/{id}/events</c>.</summary>
internal static class RecognitionEventsApi
{
    public static void MapRecognitionEvents(this IEndpointRouteBuilder group) =>
        group.MapGet("/{id}/events", EventsAsync).WithName("WatchRecognition").WithMetadata(RequestCost.Waiting)
            .WithSummary("Watch a recognition")
            .WithDescription("Server-sent events: the current recognition, then the recognition after each change until it finishes.")
            .Produces<RecognitionResource>(200, "text/event-stream").ProducesProblem(404);

    private static async Task<ServerSentEventsResult<RecognitionResource>> EventsAsync(
        HttpContext context, string id, [FromServices] RecognitionQueue queue,
        [FromServices] IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var changes = await queue.FindAsync(id, ct) is { } job
            ? Changes(job, context, lifetime.ApplicationStopping, ct)
            : Single(RecognitionResource.Of(await queue.GetAsync(id, ct), context));
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(changes);
    }

    private static async IAsyncEnumerable<RecognitionResource> Changes(
        RecognitionJob job, HttpContext context, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        await using var changes = job.WatchAsync(end.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync(changes))
            yield return RecognitionResource.Of(changes.Current, context);
    }

    /// <summary>Moves to the next change. If the client disconnects or the server stops, the stream ends without an error.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<JobSnapshot> changes)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async IAsyncEnumerable<RecognitionResource> Single(RecognitionResource resource)
    {
        await Task.CompletedTask;
        yield return resource;
    }
}
