using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Constraints;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Gradio.Early;
using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio;

/// <summary>The routes of the Gradio protocol, for Gradio clients and existing scripts.</summary>
internal static class GradioApi
{
    private static readonly int AppId = Random.Shared.Next();

    public static IServiceCollection AddGradio(this IServiceCollection services) => services
        .AddSingleton<HeldUploads>().AddSingleton<GradioFiles>()
        .AddSingleton(provider => new GradioSessions(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping))
        .AddSingleton<Predictor>().AddSingleton<EventRunner>().AddSingleton<EarlyCalls>().AddHostedService<GradioSweep>()
        .Configure<RouteOptions>(options => options.SetParameterPolicy<RegexInlineRouteConstraint>("regex"));

    public static IEndpointRouteBuilder MapGradio(this IEndpointRouteBuilder routes)
    {
        var root = Group(routes, "");
        root.MapGet("/config", Config).WithMetadata(new DenialBody("""{"detail":{"error":"Not authenticated","auth_message":null}}"""));
        root.MapGet("/theme.css", () => TypedResults.Text("", "text/css")).AllowAnonymous();
        root.MapGet("/robots.txt", () => TypedResults.Text("User-agent: *\nDisallow: /\n")).AllowAnonymous();
        foreach (var group in new[] { root, Group(routes, AccessApi.GradioPrefix) })
        {
            group.MapGet("/info", (HttpContext context, CancellationToken _) => GradioAnswer.Json(GradioDescription.Info(Client(context))));
            group.MapGet("/app_id", () => GradioAnswer.Json(new JsonObject { ["app_id"] = AppId })).AllowAnonymous();
            group.MapGradioFiles();
            group.MapGradioQueue();
            group.MapEarlyQueue();
            group.MapGradioCalls();
            group.MapGradioRuns();
        }
        return routes;
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapGroup(prefix);
        group.ExcludeFromDescription().WithMetadata(new DenialBody("""{"detail":"Not authenticated"}"""))
            .AddEndpointFilter(GradioAnswer.DetailAsync);
        return group;
    }

    private static IResult Config(HttpContext context, UploadStore uploads) =>
        GradioAnswer.Json(GradioDescription.Config(
            OutcomeWriter.RootOf(context.Request), AppId, uploads.MaxBytes, context.Caller()?.Name, Client(context)));

    private static ClientGeneration Client(HttpContext context) => ClientGeneration.Of(context.Request.Headers.UserAgent);
}
