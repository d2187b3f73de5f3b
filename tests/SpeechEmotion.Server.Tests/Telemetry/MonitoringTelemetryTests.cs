using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Server.Tests.Live;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Telemetry;

/// <summary>The example files for Grafana and Prometheus use metrics that exist.</summary>
public sealed partial class MonitoringTelemetryTests
{
    [Fact]
    public async Task Files_ForGrafanaAndPrometheus_NameMetricsOfTheProduct()
    {
        await using var server = await RunningServer.StartAsync();
        // The first live stream creates their metrics.
        using var live = await LiveClient.StartAsync(server);
        var known = NamesOfMetrics().ToHashSet();

        NamesIn(File("dashboard.json")).Except(known).ShouldBeEmpty();
        NamesIn(File("alerts.yaml")).Except(known).ShouldBeEmpty();
        NamesIn(File("dashboard.json")).Count().ShouldBeGreaterThan(20);
        NamesIn(File("alerts.yaml")).Count().ShouldBeGreaterThan(8);
    }

    [Fact]
    public void Dashboard_Panels_HaveIdentifiersAndQueries()
    {
        var panels = JsonElement.Parse(File("dashboard.json")).GetProperty("panels").EnumerateArray().ToArray();

        panels.Select(panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
        panels.Where(panel => panel.GetProperty("type").GetString() != "row")
            .ShouldAllBe(panel => panel.GetProperty("targets").GetArrayLength() > 0);
    }

    private static string File(string name) =>
        System.IO.File.ReadAllText(Path.Combine(Repository.Root, "deploy", "monitoring", name));

    private static IEnumerable<string> NamesIn(string text) => NamePattern().Matches(text).Select(match => match.Value).Distinct();

    /// <summary>The names that the metrics of the process have in Prometheus.</summary>
    private static string[] NamesOfMetrics()
    {
        // The servers of other tests create instruments meanwhile, on their threads.
        var instruments = new ConcurrentQueue<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => instruments.Enqueue(instrument) };
        listener.Start();
        return [.. instruments.SelectMany(NamesOf)];
    }

    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var name = instrument.Name.Replace('.', '_') + unit;
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
            : kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal)
                ? [$"{name}_total"]
            : [name];
    }

    [GeneratedRegex(@"\b(ser|http_server|dotnet)_[a-z0-9_]+")]
    private static partial Regex NamePattern();
}
