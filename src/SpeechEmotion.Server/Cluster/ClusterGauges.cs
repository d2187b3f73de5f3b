using System.Diagnostics.Metrics;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Cluster;

/// <summary>Metrics of the whole installation, which each server reports: aggregate them with the maximum, not with the sum.</summary>
internal sealed class ClusterGauges : IDisposable
{
    private readonly Meter _meter;

    /// <summary>Creates the metrics.</summary>
    public ClusterGauges(IMeterFactory meters) => _meter = meters.Create(ServerMeter.Name);

    /// <summary>Reports what the survey finds.</summary>
    public void Watch(ClusterSurvey survey)
    {
        _meter.CreateObservableGauge("ser.cluster.programs", () => CountPrograms(survey), description: "Servers and workers by state");
        _meter.CreateObservableGauge(
            "ser.part.failing", () => ListParts(survey), description: "1 if the part cannot be used from this server, else 0");
        Gauge("ser.cluster.recognitions.waiting", null, "Recognitions that no program processes yet", state => state.Recognitions.Waiting);
        Gauge("ser.cluster.recognitions.running", null, "Recognitions that programs process", state => state.Recognitions.Running);
        Gauge(
            "ser.cluster.recognitions.oldest", "s", "Age of the oldest recognition that waits",
            state => state.Recognitions.Oldest.TotalSeconds);
        Gauge("ser.cluster.chunks.waiting", null, "Chunks of batches that no program has", state => state.Chunks.Waiting);
        Gauge("ser.cluster.chunks.leased", null, "Chunks of batches that programs process", state => state.Chunks.Running);
        Gauge("ser.cluster.chunks.oldest", "s", "Age of the oldest batch with a waiting chunk", state => state.Chunks.Oldest.TotalSeconds);
        Gauge(
            "ser.cluster.chunks.stalled", "s", "Time during which chunks waited and no program had any",
            state => state.Chunks.Idle.TotalSeconds);

        void Gauge(string name, string? unit, string description, Func<ClusterState, double> read) => _meter.CreateObservableGauge(
            name, () => survey.Latest is { } state ? [new Measurement<double>(read(state))] : Array.Empty<Measurement<double>>(), unit,
            description);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> CountPrograms(ClusterSurvey survey) => (survey.Latest?.Programs ?? [])
        .GroupBy(program => (program.Entry.Kind, program.State))
        .Select(group => new Measurement<int>(group.Count(), new("kind", Key(group.Key.Kind)), new("state", Key(group.Key.State))));

    private static IEnumerable<Measurement<int>> ListParts(ClusterSurvey survey) => survey.Parts
        .Select(part => new Measurement<int>(part.Failure is null ? 0 : 1, new KeyValuePair<string, object?>("part", Key(part.Kind))));

    private static string Key(Enum value) => value.ToString().ToLowerInvariant();
}
