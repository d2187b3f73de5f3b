using System.Globalization;
using OpenTelemetry.Exporter;

namespace SpeechEmotion.Server.Telemetry;

/// <summary>The export of traces or metrics, as the standard variables describe it.</summary>
/// <param name="name">The part of the variables that names the signal: <c>TRACES</c> or <c>METRICS</c>.</param>
/// <param name="configuration">The configuration with the variables.</param>
internal sealed class OtlpSignal(string name, IConfiguration configuration)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <summary>
    /// Whether the operator named a receiver. Without this check, the exporter would send to one on the same machine.
    /// </summary>
    public bool IsOn => (Own("ENDPOINT") ?? Find($"{Prefix}ENDPOINT")) is not null
        && !"none".Equals(Find($"OTEL_{name}_EXPORTER"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Applies the variables of this signal alone, which the exporter does not read; it reads those of all signals.</summary>
    public void Configure(OtlpExporterOptions options)
    {
        if (Own("PROTOCOL") is { } protocol)
            options.Protocol = protocol == "http/protobuf" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        if (Uri.TryCreate(Own("ENDPOINT"), UriKind.Absolute, out var endpoint))
            options.Endpoint = endpoint;
        if (Own("HEADERS") is { } headers)
            options.Headers = headers;
        if (int.TryParse(Own("TIMEOUT"), CultureInfo.InvariantCulture, out var milliseconds))
            options.TimeoutMilliseconds = milliseconds;
        if (Own("COMPRESSION") is { } compression)
            options.Compression = compression == "gzip" ? OtlpExportCompression.GZip : OtlpExportCompression.None;
    }

    private string? Own(string variable) => Find($"{Prefix}{name}_{variable}");

    private string? Find(string variable) => configuration[variable] is { Length: > 0 } value ? value : null;
}
