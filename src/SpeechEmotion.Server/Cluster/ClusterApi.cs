using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Storage.Programs;

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
        HttpContext context, [FromServices] ClusterSurvey survey, [FromServices] HistoryDatabase database,
        [FromServices] ServerFolder folder, CancellationToken ct) =>
        TypedResults.Ok(Of(await survey.ReadAsync(ct), database.IsShared, folder.Program, context));

    private static async Task<Ok<DeadList>> ListDeadAsync(HttpContext context, [FromServices] WorkSurvey work, CancellationToken ct)
    {
        var dead = await work.ListDeadAsync(MostDead, ct);
        return TypedResults.Ok(new DeadList([.. dead.Select(one => DeadResource.Of(one, context.Request.PathBase))]));
    }

    private static Task<Ok<ClusterResource>> DrainAsync(
        HttpContext context, string name, [FromServices] ProgramDirectory programs, [FromServices] NoticeBoard board,
        [FromServices] ClusterSurvey survey, [FromServices] HistoryDatabase database, [FromServices] ServerFolder folder,
        CancellationToken ct) => SetDrainingAsync(context, name, true, programs, board, survey, database, folder, ct);

    private static Task<Ok<ClusterResource>> ResumeAsync(
        HttpContext context, string name, [FromServices] ProgramDirectory programs, [FromServices] NoticeBoard board,
        [FromServices] ClusterSurvey survey, [FromServices] HistoryDatabase database, [FromServices] ServerFolder folder,
        CancellationToken ct) => SetDrainingAsync(context, name, false, programs, board, survey, database, folder, ct);

    private static async Task<Ok<ClusterResource>> SetDrainingAsync(
        HttpContext context, string name, bool draining, ProgramDirectory programs, NoticeBoard board, ClusterSurvey survey,
        HistoryDatabase database, ServerFolder folder, CancellationToken ct)
    {
        if (!database.IsShared)
            throw ClusterErrors.Alone();
        if (!await programs.SetDrainingAsync(name, draining, ct))
            throw ClusterErrors.UnknownProgram(name);
        await board.PostAsync(new Notice(NoticeKind.Program, name));
        survey.Forget();
        return TypedResults.Ok(Of(await survey.ReadAsync(ct), database.IsShared, folder.Program, context));
    }

    private static ClusterResource Of(ClusterState state, bool isShared, string own, HttpContext context)
    {
        var (language, root) = (context.Language(), context.Request.PathBase.Value ?? "");
        var links = isShared ? $"{root}{Path}/programs" : null;
        return new(
            isShared, [.. state.Parts.Select(part => PartResource.Of(part, language))],
            [.. state.Programs.Select(program => ProgramResource.Of(program, own, links, language))],
            QueueResource.Of(state.Recognitions), QueueResource.Of(state.Chunks), state.Tickets,
            ErrorResource.Of(state.Standstill, language), [.. state.Paused.Select(batch => PausedResource.Of(batch, root, language))]);
    }
}
