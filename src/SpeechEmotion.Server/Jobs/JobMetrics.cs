using System.Diagnostics.Metrics;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs;

/// <summary>Metrics of recognitions, and of the disk space that they may use.</summary>
public sealed class JobMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _recognitions;
    private readonly Histogram<double> _time;
    private readonly Counter<double> _audio;
    private long _finished;

    /// <summary>Creates the metrics.</summary>
    public JobMetrics(IMeterFactory meters, DiskBudget disk)
    {
        _meter = meters.Create(ServerMeter.Name);
        _recognitions = _meter.CreateCounter<long>("ser.recognitions", description: "Finished recognitions");
        _time = _meter.CreateDurations("ser.recognition.duration", "Time from the start of a recognition to its end");
        _audio = _meter.CreateCounter<double>("ser.audio", "s", "Recognized audio");
        _meter.CreateObservableGauge("ser.disk.used", () => disk.Used, "By", "Used and reserved disk space");
        _meter.CreateObservableGauge("ser.disk.limit", () => disk.Limit, "By", "Disk space that may be used");
    }

    /// <summary>Number of finished recognitions.</summary>
    internal long Finished => Volatile.Read(ref _finished);

    /// <summary>Reports the numbers of queued and running recognitions.</summary>
    internal void Watch(RecognitionQueue queue)
    {
        _meter.CreateObservableGauge("ser.queue.waiting", () => queue.Waiting, description: "Queued recognitions");
        _meter.CreateObservableGauge("ser.queue.running", () => queue.Running, description: "Running recognitions");
    }

    /// <summary>Counts a finished recognition.</summary>
    internal void Count(RecognitionDocument document, TimeSpan took)
    {
        KeyValuePair<string, object?> state = new("state", document.State.ToString().ToLowerInvariant());
        Interlocked.Increment(ref _finished);
        _recognitions.Add(1, state, new("emotion", document.Emotion?.Key() ?? "none"));
        _time.Record(took.TotalSeconds, state);
        if (document.State == RecognitionState.Done)
            _audio.Add(document.Duration ?? 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
