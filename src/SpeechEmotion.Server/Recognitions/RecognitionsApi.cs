using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;
using SpeechEmotion.Server.Webhooks;

namespace SpeechEmotion.Server.Recognitions;

/// <summary><c>/api/v1/recognitions</c>.</summary>
internal static class RecognitionsApi
{
    public static IEndpointRouteBuilder MapRecognitions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/recognitions").WithTags("Recognitions").GuardRest();
        group.MapPost("/", PostAsync).WithName("CreateRecognition").WithSummary("Recognize a recording").TakesRecording()
            .WithDescription(
                "Send the recording as the multipart part `file` or as the whole body. "
                    + "The server answers with the result (201); with `Prefer: respond-async` it answers immediately (202).")
            .Produces<RecognitionResource>(201).Produces<RecognitionResource>(202)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415)
            .ProducesProblem(422).ProducesProblem(507);
        group.MapGet("/", ListAsync).WithName("ListRecognitions").WithSummary("List the history, newest first").ProducesProblem(400);
        group.MapRecognitionExport();
        group.MapRecognitionDeletion();
        group.MapGet("/{id}", GetAsync).WithName("GetRecognition").WithSummary("Get a recognition with its result").ProducesProblem(404);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteRecognition")
            .WithSummary("Delete a recognition with its files").ProducesProblem(404);
        group.MapPost("/{id}/cancel", CancelAsync).WithName("CancelRecognition")
            .WithSummary("Cancel a queued or running recognition").ProducesProblem(404);
        group.MapRecognitionEvents();
        group.MapRecognitionFiles();
        group.MapRecognitionTimeline();
        return routes;
    }

    private static async Task<IResult> PostAsync(
        HttpContext context, [FromServices] RecognitionQueue queue, [FromServices] UploadStore uploads,
        [FromServices] IdempotentRequests requests, [FromServices] WebhookTargets webhooks,
        [FromHeader(Name = "Prefer"), Description("respond-async: the server answers before the result is ready.")] string? prefer,
        [FromHeader(Name = IdempotencyKey.Header)]
        [Description("A text of your choice. Within 24 hours, a repeated request with the same text returns the same recognition.")]
        string? idempotencyKey,
        [AsParameters] RecognitionParameters address, CancellationToken ct)
    {
        var key = IdempotencyKey.Of(idempotencyKey, context);
        if (key is null || !await requests.KnowsAsync(key, ct))
            queue.RequireRoom();
        // No token here: a broken connection already ends the body, and with a token Kestrel would report an unfinished read.
        var request = await RecognitionUpload.ReadAsync(context.Request, uploads, address, webhooks, CancellationToken.None);
        var (recognition, job, repeated) = await requests.EnqueueAsync(key, request, ct);
        if (repeated)
            context.Response.Headers["Idempotent-Replayed"] = "true";
        var self = RecognitionLinks.SelfOf(recognition.Document.Id, context);
        if (prefer?.Contains("respond-async", StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Response.Headers["Preference-Applied"] = "respond-async";
            return TypedResults.Accepted(self, RecognitionResource.Of(recognition, context));
        }
        if (job is not null)
            recognition = await EndAsync(job, queue, key is null, ct);
        else if (recognition.Document.Error is { } error)
            throw error.ToException();
        return TypedResults.Created(self, RecognitionResource.Of(recognition, context));
    }

    /// <summary>Waits until a recognition finishes, and throws if it has no result.</summary>
    private static async Task<JobSnapshot> EndAsync(
        RecognitionJob job, RecognitionQueue queue, bool cancelOnDisconnect, CancellationToken ct)
    {
        if (cancelOnDisconnect)
        {
            // Without an idempotency key, no other request can wait for this recognition.
            await using (ct.Register(() => queue.GiveUp(job)))
                await job.Completion;
            ct.ThrowIfCancellationRequested();
        }
        else
        {
            await job.Completion.WaitAsync(ct);
        }
        if (job.Error is { } error)
            throw error;
        if (job.Current.State == RecognitionState.Cancelled)
            throw RequestErrors.Cancelled(job.Id);
        // Status 201 promises that the recognition stays available, also after a restart.
        return job.IsRecorded ? job.Current : throw HistoryErrors.NotRecorded(job.Id);
    }

    private static async Task<Ok<RecognitionList>> ListAsync(
        HttpContext context, [FromServices] RecognitionQueue queue, [FromServices] RecognitionHistory history,
        [AsParameters] RecognitionPage requested, [AsParameters] RecognitionFilter filter, CancellationToken ct)
    {
        var query = requested.Of(filter.ToHistory());
        var page = await history.ListAsync(query, ct);
        return TypedResults.Ok(new RecognitionList(
            [.. page.Items.Select(document =>
                RecognitionResource.Listed(queue.Find(document.Id)?.Current ?? new(document, null, null), context))],
            page.Total, query.Page, query.PageSize));
    }

    private static async Task<Ok<RecognitionResource>> GetAsync(
        HttpContext context, string id, [FromServices] RecognitionQueue queue, CancellationToken ct) =>
        TypedResults.Ok(RecognitionResource.Of(await queue.GetAsync(id, ct), context));

    private static async Task<NoContent> DeleteAsync(string id, [FromServices] RecognitionQueue queue, CancellationToken ct)
    {
        await queue.DeleteAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RecognitionResource>> CancelAsync(
        HttpContext context, string id, [FromServices] RecognitionQueue queue, CancellationToken ct)
    {
        if (await queue.FindAsync(id, ct) is { } job)
        {
            job.Cancel();
            await job.Completion.WaitAsync(ct);
            return TypedResults.Ok(RecognitionResource.Of(job.Current, context));
        }
        return TypedResults.Ok(RecognitionResource.Of(await queue.GetAsync(id, ct), context));
    }
}
