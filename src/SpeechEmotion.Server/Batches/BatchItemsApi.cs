using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Recognitions;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary><c>/api/v1/batches/{batch}/items</c>.</summary>
internal static class BatchItemsApi
{
    public static void MapBatchItems(this IEndpointRouteBuilder group)
    {
        group.MapGet("/{batch}/items", ListAsync).WithName("ListBatchItems").WithSummary("List the recordings of a batch")
            .ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/{batch}/items/{number}", GetAsync).WithName("GetBatchItem")
            .WithSummary("Get a recording of a batch with its result").ProducesProblem(404);
        group.MapGet("/{batch}/items/{number}/audio", AudioAsync).WithName("GetBatchItemAudio")
            .WithSummary("Download a recording of a batch").WithDescription("The bytes that were sent. Supports ranges.")
            .GivesFile("application/octet-stream").Produces(206).Produces(304).ProducesProblem(404).ProducesProblem(416);
    }

    private static async Task<Ok<BatchItemList>> ListAsync(
        HttpContext context, string batch, [FromServices] BatchStore batches, [FromServices] BatchItemListing listing,
        [AsParameters] BatchItemsQuery parameters, CancellationToken ct)
    {
        var query = parameters.ToQuery();
        var found = await batches.RequireAsync(batch, ct);
        var (items, total) = await listing.ListAsync(found.Id, query, ct);
        return TypedResults.Ok(new BatchItemList(
            [.. items.Select(item => BatchItemResource.Of(found.Id, item, context))], total, BatchItemsQuery.Next(query, total)));
    }

    private static async Task<Ok<BatchItemResource>> GetAsync(
        HttpContext context, string batch, string number, [FromServices] BatchStore batches, [FromServices] BatchItemListing listing,
        CancellationToken ct)
    {
        var (found, item) = await FindAsync(batch, number, batches, listing, ct);
        return TypedResults.Ok(BatchItemResource.Of(found.Id, item, context));
    }

    private static async Task<PhysicalFileHttpResult> AudioAsync(
        HttpContext context, string batch, string number, [FromServices] BatchStore batches, [FromServices] BatchItemListing listing,
        [FromServices] BatchAudio audio, [FromServices] BatchFolders folders, CancellationToken ct)
    {
        var (found, item) = await FindAsync(batch, number, batches, listing, ct);
        item = item with { Location = folders.LocationOf(found, item.Location) };
        await folders.BringAsync(item.Location, ct);
        if (!audio.MayRead(item))
            throw BatchRequestErrors.NoAudio(item.Name);
        // A deleted recording must not play from a cache.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.PhysicalFile(
            item.Location, "application/octet-stream", Path.GetFileName(item.Name), File.GetLastWriteTimeUtc(item.Location),
            enableRangeProcessing: true);
    }

    private static async Task<(BatchEntry Batch, BatchItemRow Item)> FindAsync(
        string batch, string number, BatchStore batches, BatchItemListing listing, CancellationToken ct)
    {
        var found = await batches.RequireAsync(batch, ct);
        return NumberText.ReadWhole(number) is { } item && await listing.FindAsync(found.Id, item, ct) is { } row
            ? (found, row)
            : throw BatchRequestErrors.NoItem(number);
    }
}
