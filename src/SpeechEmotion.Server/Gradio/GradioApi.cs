using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Constraints;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio;

/// <summary>The protocol of Gradio, so that its clients and the scripts for it work here.</summary>
internal static class GradioApi
{
    private static readonly int AppId = Random.Shared.Next();

    public static IServiceCollection AddGradio(this IServiceCollection services) => services
        .AddSingleton<HeldUploads>().AddSingleton<GradioFiles>()
        .AddSingleton(provider => new GradioSessions(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping))
        .AddSingleton<AddressCheck>(PublicAddress.Is).AddSingleton<UrlFetcher>()
        .AddSingleton<Predictor>().AddSingleton<EventRunner>().AddSingleton<EarlyCalls>().AddHostedService<GradioSweep>()
        .Configure<RouteOptions>(options => options.SetParameterPolicy<RegexInlineRouteConstraint>("regex"));

    public static IEndpointRouteBuilder MapGradio(this IEndpointRouteBuilder routes)
    {
        var root = Group(routes, "");
        root.MapGet("/config", Config);
        root.MapGet("/theme.css", () => TypedResults.Text("", "text/css"));
        root.MapGet("/robots.txt", () => TypedResults.Text("User-agent: *\nDisallow: /\n"));
        foreach (var group in new[] { root, Group(routes, GradioDescription.Prefix) })
        {
            group.MapGet("/info", (HttpContext context, CancellationToken _) => GradioAnswer.Json(GradioDescription.Info(Client(context))));
            group.MapGet("/app_id", () => GradioAnswer.Json(new JsonObject { ["app_id"] = AppId }));
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
        group.ExcludeFromDescription().AddEndpointFilter(GradioAnswer.DetailAsync);
        return group;
    }

    private static IResult Config(HttpContext context, UploadStore uploads) =>
        GradioAnswer.Json(GradioDescription.Config(
            OutcomeWriter.RootOf(context.Request), AppId, uploads.MaxBytes, context.Caller()?.Name, Client(context)));

    private static ClientGeneration Client(HttpContext context) => ClientGeneration.Of(context.Request.Headers.UserAgent);
}
