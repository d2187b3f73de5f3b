using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Batches;

/// <summary><c>/api/v1/batches</c>.</summary>
internal static class BatchesApi
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public static IEndpointRouteBuilder MapBatches(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/batches").WithTags("Batches").GuardRest();
        group.MapPost("/", PostAsync).WithName("CreateBatch").WithSummary("Recognize many recordings").TakesBatch()
            .WithDescription(
                "Send recordings or archives as multipart parts `file`, a list as `manifest`, metadata as `metadata`; or name a folder "
                    + "of the server in JSON. An open batch takes further recordings in further requests.")
            .Produces<BatchResource>(201).Produces<BatchResource>(200)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422).ProducesProblem(507);
        group.MapGet("/", ListAsync).WithName("ListBatches").WithSummary("List the batches, newest first").ProducesProblem(400);
        group.MapGet("/{batch}", GetAsync).WithName("GetBatch").WithSummary("Get a batch with its progress").ProducesProblem(404);
        group.MapPatch("/{batch}", ChangeAsync).WithName("ChangeBatch").WithSummary("Change the name or the priority of a batch")
            .Accepts<BatchChangeRequest>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(415);
        group.MapDelete("/{batch}", DeleteAsync).WithName("DeleteBatch")
            .WithSummary("Stop and delete a batch with its results and the recordings that were sent for it").ProducesProblem(404);
        group.MapPost("/{batch}/recordings", AddAsync).WithName("AddBatchRecordings").WithSummary("Add recordings to an open batch")
            .TakesRecordings()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(507);
        group.MapPost("/{batch}/seal", SealAsync).WithName("SealBatch").WithSummary("End an open batch: no more recordings follow")
            .ProducesProblem(404);
        group.MapPost("/{batch}/pause", PauseAsync).WithName("PauseBatch")
            .WithSummary("Pause a batch after the recordings that are being recognized").ProducesProblem(404);
        group.MapPost("/{batch}/resume", ResumeAsync).WithName("ResumeBatch").WithSummary("Resume a paused or cancelled batch")
            .ProducesProblem(404);
        group.MapPost("/{batch}/cancel", CancelAsync).WithName("CancelBatch")
            .WithSummary("Cancel a batch; it keeps the results that it has").ProducesProblem(404);
        group.MapPost("/{batch}/retry", RetryAsync).WithName("RetryBatch").WithSummary("Process failed recordings again")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapBatchEvents();
        group.MapBatchItems();
        group.MapBatchExport();
        return routes;
    }

    /// <summary>Returns a batch by the text of its identifier.</summary>
    /// <exception cref="RequestException"><c>batch.not_found</c>.</exception>
    internal static async Task<BatchEntry> RequireAsync(this BatchStore batches, string id, CancellationToken ct) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await batches.FindAsync(number, ct) is { } batch ? batch : throw BatchRequestErrors.NotFound(id);

    private static async Task<IResult> PostAsync(
        HttpContext context, [FromServices] BatchCreation creation, [FromServices] BatchViews views, [FromServices] UploadStore uploads,
        [FromHeader(Name = IdempotencyKey.Header)]
        [Description("A text of your choice. A repeated request with the same text returns the same batch, as long as that exists.")]
        string? idempotencyKey,
        CancellationToken ct)
    {
        var key = IdempotencyKey.Of(idempotencyKey, context);
        var order = await BatchOrders.ReadAsync(context, uploads, creation.Require, ct);
        var (batch, repeated) = await creation.CreateAsync(order, key, ct);
        var resource = BatchResource.Of(await views.ViewOfAsync(batch, ct), context);
        if (!repeated)
            return TypedResults.Created(resource.Links.Self, resource);
        context.Response.Headers["Idempotent-Replayed"] = "true";
        return TypedResults.Ok(resource);
    }

    private static async Task<Ok<BatchList>> ListAsync(
        HttpContext context, [FromServices] BatchStore batches, [FromServices] BatchViews views,
        [FromQuery, Description("The value of `next` of the page before.")] string? cursor,
        [FromQuery, Description("Batches per page, 200 at most; default 50.")] string? limit, CancellationToken ct)
    {
        var most = RequestErrors.WholeIn("limit", limit, 1, MaxLimit) ?? DefaultLimit;
        var found = await batches.ListAsync(RequestErrors.WholeIn("cursor", cursor, 1, int.MaxValue), most + 1, ct);
        List<BatchResource> page = [];
        foreach (var batch in found.Take(most))
            page.Add(BatchResource.Of(await views.ViewOfAsync(batch, ct), context));
        return TypedResults.Ok(new BatchList(page, found.Count > most ? $"{page[^1].Id}" : null));
    }

    private static async Task<Ok<BatchResource>> GetAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchViews views, CancellationToken ct) =>
        TypedResults.Ok(BatchResource.Of(await views.ViewOfAsync(await batches.RequireAsync(batch, ct), ct), context));

    private static async Task<Ok<BatchResource>> ChangeAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchViews views, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        var change = await BatchOrders.ReadChangeAsync(context, ct);
        await batches.ChangeAsync(found.Id, change.Name, change.Priority, ct);
        return TypedResults.Ok(BatchResource.Of(await views.GetAsync(found.Id, ct), context));
    }

    private static async Task<NoContent> DeleteAsync(
        string batch, [FromServices] BatchStore batches, [FromServices] BatchDeletion deletion, [FromServices] BatchFolders folders,
        [FromServices] SourceReading reading, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        await deletion.DeleteAsync(found.Id, ct);
        await reading.StopAsync(found.Id);
        if (found.Folder is { } folder)
            await folders.DiscardAsync(folder);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<BatchAddition>> AddAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchCreation creation,
        [FromServices] UploadStore uploads, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        if (!found.Open)
            throw BatchRequestErrors.NotOpen(found.Id);
        var (added, repeated) = await creation.AddAsync(found, await BatchOrders.ReadFilesAsync(context, uploads), ct);
        return TypedResults.Ok(new BatchAddition(added, repeated));
    }

    private static async Task<Ok<BatchResource>> SealAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchCreation creation,
        [FromServices] BatchViews views, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        await creation.SealAsync(found.Id, ct);
        return TypedResults.Ok(BatchResource.Of(await views.GetAsync(found.Id, ct), context));
    }

    private static async Task<Ok<BatchResource>> PauseAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchViews views, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        await batches.PauseAsync(found.Id, null, ct);
        return TypedResults.Ok(BatchResource.Of(await views.GetAsync(found.Id, ct), context));
    }

    private static async Task<Ok<BatchResource>> ResumeAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] SourceReading reading,
        [FromServices] BatchViews views, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        if (found.State is BatchState.Paused or BatchState.Cancelled)
        {
            await batches.ResumeAsync(found.Id, ct);
            reading.Wake();
            await batches.CompleteAsync(found.Id, CancellationToken.None);
        }
        return TypedResults.Ok(BatchResource.Of(await views.GetAsync(found.Id, ct), context));
    }

    private static async Task<Ok<BatchResource>> CancelAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchViews views, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        await batches.CancelAsync(found.Id, ct);
        return TypedResults.Ok(BatchResource.Of(await views.GetAsync(found.Id, ct), context));
    }

    private static async Task<Ok<BatchResource>> RetryAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] SourceReading reading,
        [FromServices] BatchViews views,
        [FromQuery, Description("Number of the recording; without it all failed recordings.")] string? item, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        var retried = RequestErrors.WholeIn("item", item, 0, int.MaxValue) is { } number
            ? await batches.RetryAsync(found.Id, number, ct)
            : await batches.RetryFailedAsync(found.Id, ct) > 0;
        if (!retried)
            throw BatchRequestErrors.NothingFailed(found.Id);
        reading.Wake();
        return TypedResults.Ok(BatchResource.Of(await views.GetAsync(found.Id, ct), context));
    }
}
