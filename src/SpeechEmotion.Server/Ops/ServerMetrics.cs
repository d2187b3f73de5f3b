using System.Diagnostics.Metrics;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Live;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.Ops;

/// <summary>What the server counts of its own work.</summary>
public sealed class ServerMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "SpeechEmotion.Server";

    private readonly Meter _meter;
    private readonly Counter<long> _recognitions;
    private readonly Histogram<double> _time;
    private readonly Counter<double> _audio;
    private readonly Counter<double> _live;

    /// <summary>Nothing counted yet.</summary>
    public ServerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _recognitions = _meter.CreateCounter<long>("ser.recognitions", description: "Recognitions that came to their end");
        _time = _meter.CreateHistogram<double>("ser.recognition.duration", "s", "Time from a recognition's start to its end");
        _audio = _meter.CreateCounter<double>("ser.audio", "s", "Audio that was recognised");
        _live = _meter.CreateCounter<double>("ser.live.audio", "s", "Audio of live streams that was heard");
    }

    /// <summary>Shows how many wait and run.</summary>
    internal void Watch(RecognitionQueue queue)
    {
        _meter.CreateObservableGauge("ser.queue.waiting", () => queue.Waiting, description: "Recognitions that wait");
        _meter.CreateObservableGauge("ser.queue.running", () => queue.Running, description: "Recognitions that run");
    }

    /// <summary>Shows how many live streams there are.</summary>
    internal void Watch(LiveStreams streams) =>
        _meter.CreateObservableGauge("ser.live.streams", () => streams.Open, description: "Live streams");

    /// <summary>Counts audio of a live stream.</summary>
    internal void CountLive(TimeSpan heard) => _live.Add(heard.TotalSeconds);

    /// <summary>Counts one that has come to its end.</summary>
    internal void Count(RecognitionRecord record, TimeSpan took)
    {
        KeyValuePair<string, object?> state = new("state", record.State.ToString().ToLowerInvariant());
        _recognitions.Add(1, state, new("emotion", record.Emotion?.Key() ?? "none"));
        _time.Record(took.TotalSeconds, state);
        if (record.State == RecognitionState.Done)
            _audio.Add(record.Duration ?? 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
