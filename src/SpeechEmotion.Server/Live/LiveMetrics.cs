using System.Diagnostics.Metrics;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Live;

/// <summary>Metrics of live streams.</summary>
internal sealed class LiveMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<double> _audio;

    /// <summary>Nothing counted yet.</summary>
    public LiveMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ServerMeter.Name);
        _audio = _meter.CreateCounter<double>("ser.live.audio", "s", "Audio of live streams that was processed");
    }

    /// <summary>Reports how many live streams are open.</summary>
    public void Watch(LiveStreams streams) =>
        _meter.CreateObservableGauge("ser.live.streams", () => streams.Open, description: "Live streams");

    /// <summary>Counts audio of a live stream.</summary>
    public void Count(TimeSpan processed) => _audio.Add(processed.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
