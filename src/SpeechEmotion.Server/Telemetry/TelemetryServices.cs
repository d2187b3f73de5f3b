using System.Collections;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Telemetry;

/// <summary>
/// Registers traces and metrics. Servers offer their metrics on <c>/metrics</c>; only if the operator names a collector do servers and
/// workers send traces and metrics to it.
/// </summary>
internal static class TelemetryServices
{
    private const string Prefix = "OTEL_";

    /// <summary>The standard variables of OpenTelemetry in the environment.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Variables => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value));

    /// <summary>Registers the telemetry of a server or a worker.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration with the standard variables of OpenTelemetry.</param>
    /// <param name="isWorker">Whether the program is a worker, which has no <c>/metrics</c>.</param>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, bool isWorker)
    {
        var (traces, metrics) = (new OtlpSignal("TRACES", configuration), new OtlpSignal("METRICS", configuration));
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.Clear().AddTelemetrySdk()
            .AddDetector(provider => new ProgramDetector(provider.GetRequiredService<ServerFolder>()))
            // Last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES prevail.
            .AddEnvironmentVariableDetector());
        if (traces.IsOn)
        {
            telemetry.WithTracing(tracing => tracing.AddSource(ServerTraces.Name)
                .AddAspNetCoreInstrumentation(requests =>
                {
                    requests.Filter = context => !IsWatching(context.Request.Path);
                    requests.EnrichWithHttpResponse = (span, _) => span.SetTag("url.path", null).SetTag("url.query", null);
                })
                .AddOtlpExporter(traces.Configure));
        }
        if (metrics.IsOn || !isWorker)
        {
            telemetry.WithMetrics(meters =>
            {
                meters.AddMeter(ServerMeter.Name).AddRuntimeInstrumentation();
                if (configuration["OTEL_METRICS_EXEMPLAR_FILTER"] is null)
                    meters.SetExemplarFilter(ExemplarFilterType.TraceBased);
                if (!isWorker)
                    meters.AddAspNetCoreInstrumentation().AddPrometheusExporter();
                if (metrics.IsOn)
                    meters.AddOtlpExporter(metrics.Configure);
            });
        }
        return services;
    }

    /// <summary>Offers the metrics of a server on <c>/metrics</c>.</summary>
    /// <returns>The route; null if the operator has switched off OpenTelemetry, which collects the metrics.</returns>
    public static IEndpointConventionBuilder? MapMetrics(this WebApplication app) =>
        bool.TryParse(app.Configuration["OTEL_SDK_DISABLED"], out var isOff) && isOff
            ? null
            : app.MapPrometheusScrapingEndpoint("/metrics");

    /// <summary>Whether a request only watches the server, with or without a prefix of a proxy.</summary>
    private static bool IsWatching(PathString path) => path.Value is { } text
        && (text.EndsWith("/metrics", StringComparison.Ordinal) || text.Contains("/health", StringComparison.Ordinal));
}
