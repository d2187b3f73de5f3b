using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Models;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary><c>/api/v1/models</c>.</summary>
internal static class ModelsApi
{
    private const string Path = "/api/v1/models";

    public static IEndpointRouteBuilder MapModels(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Models").GuardRest();
        group.MapGet("/", List).WithName("ListModels").WithSummary("List installed models and those of the catalog");
        group.MapDelete("/{id}", RemoveAsync).WithName("RemoveModel").WithSummary("Delete a model from the store")
            .ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/{id}/activate", Activate).WithName("ActivateModel")
            .WithSummary("Make a model the default")
            .WithDescription("The server loads the model and then uses it for requests that name no model, until its next start.")
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapPost("/{id}/offer", OfferAsync).WithName("AskForModel").WithSummary("Ask a hub for a model of the catalog")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(502);
        group.MapPost("/{id}/download", Download).WithName("DownloadModel").WithSummary("Download a model of the catalog")
            .WithDescription("Resumes an interrupted download.")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapDelete("/{id}/download", CancelAsync).WithName("CancelModelDownload")
            .WithSummary("Cancel a download; the next one resumes it").ProducesProblem(404);
        return routes;
    }

    private static Ok<ModelList> List(HttpContext context, [FromServices] ModelInventory models) =>
        TypedResults.Ok(models.List(context.Language()));

    private static async Task<NoContent> RemoveAsync(string id, [FromServices] ModelInventory models, CancellationToken ct)
    {
        await models.RemoveAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static Accepted<ModelResource> Activate(HttpContext context, string id, [FromServices] ModelInventory models)
    {
        models.Activate(id);
        return TypedResults.Accepted(context.Request.PathBase + Path, models.Get(id, context.Language()));
    }

    private static async Task<Ok<OfferResource>> OfferAsync(
        string id, [FromBody] HubRequest? request, [FromServices] ModelDownloads downloads, [FromServices] ModelStore store,
        CancellationToken ct) =>
        TypedResults.Ok(OfferResource.Of(await downloads.AskAsync(Known(id), HubRequest.HubOf(request?.From), ct), store.FreeSpace));

    private static Accepted<ModelResource> Download(
        HttpContext context, string id, [FromBody] DownloadRequest? request, [FromServices] ModelDownloads downloads,
        [FromServices] ModelInventory models)
    {
        downloads.Begin(Known(id), HubRequest.HubOf(request?.From), request?.Partial ?? false);
        return TypedResults.Accepted(context.Request.PathBase + Path, models.Get(id, context.Language()));
    }

    private static async Task<Ok<ModelResource>> CancelAsync(
        HttpContext context, string id, [FromServices] ModelDownloads downloads, [FromServices] ModelInventory models, CancellationToken ct)
    {
        var download = downloads.Find(id) ?? throw ModelErrors.NotDownloading(id);
        download.Cancel();
        await download.Completion.WaitAsync(ct);
        return TypedResults.Ok(models.Get(id, context.Language()));
    }

    /// <summary>Returns the name of a model in the catalog: a client's text must not lead the server to any other address.</summary>
    /// <exception cref="RequestException"><c>model.not_found</c>.</exception>
    private static string Known(string id) => ModelCatalogue.Find(id)?.Id ?? throw RequestErrors.NoModel(id);
}
