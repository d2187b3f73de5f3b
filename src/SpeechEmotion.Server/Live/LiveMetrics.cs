using System.Diagnostics.Metrics;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Live;

/// <summary>The metrics of live streams.</summary>
internal sealed class LiveMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<double> _audio;

    /// <summary>Creates the metrics.</summary>
    public LiveMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ServerMeter.Name);
        _audio = _meter.CreateCounter<double>("ser.live.audio", "s", "Processed audio of live streams");
    }

    /// <summary>Reports the number of open live streams.</summary>
    public void Watch(LiveStreams streams) =>
        _meter.CreateObservableGauge("ser.live.streams", () => streams.Open, description: "Live streams");

    /// <summary>Counts processed audio of a live stream.</summary>
    public void Count(TimeSpan processed) => _audio.Add(processed.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
