using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Cluster;

/// <summary><c>/api/v1/cluster</c>.</summary>
internal static class ClusterApi
{
    private const string Path = "/api/v1/cluster";
    private const int MostDead = 200;

    public static IEndpointRouteBuilder MapCluster(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Cluster").GuardRest();
        group.MapGet("/", GetAsync).WithName("GetCluster").WithSummary("Get all servers and workers, their queues, and what is missing");
        group.MapGet("/dead", ListDeadAsync).WithName("ListDeadRecordings")
            .WithSummary("List recordings on which programs crashed three times")
            .WithDescription("Follow the link retry to process one again.");
        group.MapPost("/programs/{name}/drain", DrainAsync).WithName("DrainProgram")
            .WithSummary("Let a server or worker take no more work")
            .WithDescription(
                "It finishes the recordings that it processes, and returns the others. A server still processes its own recognitions. "
                + "It takes work again after resume or its next start.")
            .ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/programs/{name}/resume", ResumeAsync).WithName("ResumeProgram")
            .WithSummary("Let a drained server or worker take work again").ProducesProblem(404).ProducesProblem(409);
        return routes;
    }

    private static async Task<Ok<ClusterResource>> GetAsync(
        HttpContext context, [FromServices] ClusterSurvey survey, CancellationToken ct) =>
        TypedResults.Ok(Of(await survey.ReadAsync(ct), context));

    private static async Task<Ok<DeadList>> ListDeadAsync(HttpContext context, [FromServices] WorkSurvey work, CancellationToken ct)
    {
        var dead = await work.ListDeadAsync(MostDead, ct);
        return TypedResults.Ok(new DeadList([.. dead.Select(one => DeadResource.Of(one, context.Request.PathBase))]));
    }

    private static async Task<Ok<ClusterResource>> DrainAsync(
        HttpContext context, string name, [FromServices] ClusterSurvey survey, CancellationToken ct) =>
        TypedResults.Ok(Of(await survey.SteerAsync(name, draining: true, ct), context));

    private static async Task<Ok<ClusterResource>> ResumeAsync(
        HttpContext context, string name, [FromServices] ClusterSurvey survey, CancellationToken ct) =>
        TypedResults.Ok(Of(await survey.SteerAsync(name, draining: false, ct), context));

    private static ClusterResource Of(ClusterState state, HttpContext context)
    {
        var (language, root) = (context.Language(), context.Request.PathBase.Value ?? "");
        var links = state.IsShared ? $"{root}{Path}/programs" : null;
        return new(
            state.IsShared, [.. state.Parts.Select(part => PartResource.Of(part, language))],
            [.. state.Programs.Select(program => ProgramResource.Of(program, state.Own, links, language))],
            QueueResource.Of(state.Recognitions), QueueResource.Of(state.Chunks), state.Tickets,
            ErrorResource.Of(state.Standstill, language), [.. state.Paused.Select(batch => PausedResource.Of(batch, root, language))]);
    }
}
