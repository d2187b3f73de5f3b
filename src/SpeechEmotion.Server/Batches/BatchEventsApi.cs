using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary><c>/api/v1/batches/{batch}/events</c>.</summary>
internal static class BatchEventsApi
{
    /// <summary>An event is sent at least this often, so that proxies keep the connection.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void MapBatchEvents(this IEndpointRouteBuilder group) =>
        group.MapGet("/{batch}/events", EventsAsync).WithName("WatchBatch").WithMetadata(RequestCost.Waiting)
            .WithSummary("Watch a batch")
            .WithDescription(
                "Server-sent events `progress`: the current batch, then the batch after changes, at most four times a second, until it is "
                    + "done, cancelled or deleted.")
            .Produces<BatchResource>(200, "text/event-stream").ProducesProblem(404);

    private static async Task<ServerSentEventsResult<BatchResource>> EventsAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchViews views,
        [FromServices] TimeProvider time, [FromServices] IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(ChangesAsync(found.Id, views, time, context, lifetime.ApplicationStopping, ct));
    }

    private static async IAsyncEnumerable<SseItem<BatchResource>> ChangesAsync(
        int id, BatchViews views, TimeProvider time, HttpContext context, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        (BatchEntry? Batch, BatchProgress? Progress, long At) sent = default;
        while (!end.IsCancellationRequested && await views.WatchAsync(id) is { } view)
        {
            if (!IsSame(view, sent.Batch, sent.Progress) || time.GetElapsedTime(sent.At) >= KeepAlive)
            {
                yield return new(BatchResource.Of(view, context), "progress");
                sent = (view.Batch, view.Progress, time.GetTimestamp());
            }
            if (view.Batch.State is BatchState.Done or BatchState.Cancelled)
                yield break;
            await Task.Delay(BatchViews.Interval, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsSame(BatchView view, BatchEntry? batch, BatchProgress? progress) => batch is not null
        && view.Progress == progress
        && (view.Batch.State, view.Batch.Sealed, view.Batch.Open, view.Batch.Items, view.Batch.Priority, view.Batch.Name)
            == (batch.State, batch.Sealed, batch.Open, batch.Items, batch.Priority, batch.Name);
}
