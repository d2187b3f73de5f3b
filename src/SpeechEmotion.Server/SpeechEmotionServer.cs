using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Batches;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Cluster;
using SpeechEmotion.Server.Documentation;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Gradio;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs;
using SpeechEmotion.Server.Live;
using SpeechEmotion.Server.Models;
using SpeechEmotion.Server.Monitoring;
using SpeechEmotion.Server.Recognitions;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Telemetry;
using SpeechEmotion.Server.Uploads;
using SpeechEmotion.Server.Webhooks;

namespace SpeechEmotion.Server;

/// <summary>Composes the server: its services, then its routes.</summary>
public static class SpeechEmotionServer
{
    /// <summary>The longest time that a stop waits for running and waiting recognitions.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromMinutes(2);

    /// <summary>Builds the server; it does not listen yet.</summary>
    /// <param name="settings">Configuration values, which override all others.</param>
    /// <param name="configure">Replaces services, for tests.</param>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? configure = null)
    {
        // Settings are read once: watching their files would use one of the few inotify instances of the user.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection(WrittenSettings.Read(builder.Configuration));
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ServerOptions>, ServerOptionsValidator>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.AddListener();
        AddServices(builder.Services);
        builder.Services.AddTelemetry(builder.Configuration, isWorker: false);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        MapRoutes(app);
        return app;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System).AddSingleton<ServerFolder>().AddServerLog().AddServerJson();
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>().AddProblemDetails().AddExceptionHandler<ProblemAnswers>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = Drain);
        services.AddAccess();
        services.AddFiles().AddUploads().AddHistory().AddBroker().AddSingleton<HistoryExport>();
        services.AddSingleton<RecognizerLoader>(
            provider => RecognizerLoaders.Of(provider.GetRequiredService<IOptions<ServerOptions>>().Value));
        services.AddSingleton<SharedModels>().AddSingleton<RecognizerPool>()
            .AddHostedService(provider => provider.GetRequiredService<RecognizerPool>());
        services.AddSingleton<MemoryBudget>();
        // The lease is registered first, so it ends last: after the queue has returned its recognitions.
        services.AddHostedService<HistoryStart>().AddReport().AddProgram().AddTickets().AddHostedService<ModelOffers>();
        services.AddRecognitionQueue().AddSingleton<IdempotentRequests>().AddHostedService<SegmentBackfill>();
        services.AddBatches().AddSurvey();
        // After the queue: the service registered last stops first, so a download does not wait until the queue is empty.
        services.AddLive().AddGradio().AddModels().AddWebhooks();
        services.AddHostedService<ServingNotice>();
        services.AddJson(RecognitionJsonContext.Default).AddJson(SystemJsonContext.Default).AddApiDescription();
    }

    private static void MapRoutes(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHostCheck();
        app.UsePage();
        // After UseHostCheck: routing needs the base path.
        app.UseRouting();
        app.UseAccess();
        ChunkedBody.Use(app);
        app.MapPage();
        app.MapAccess();
        app.UseWebSockets();
        app.MapHealth().MapRecognitions().MapBatches().MapModels().MapWebhooks().MapSystem().MapCluster().MapLive().MapGradio();
        app.MapMetrics()?.RequireAuthorization(AccessPolicies.Rest);
        app.MapOpenApi().RequireAuthorization(AccessPolicies.Rest);
        app.MapDocs();
    }
}
