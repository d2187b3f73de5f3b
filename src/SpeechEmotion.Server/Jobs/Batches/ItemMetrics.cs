using System.Diagnostics.Metrics;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Metrics of the recordings of batches.</summary>
public sealed class ItemMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _items;
    private readonly Histogram<double> _time;
    private readonly Counter<double> _audio;
    private long _finished;

    /// <summary>Creates the metrics.</summary>
    public ItemMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(ServerMeter.Name);
        _items = _meter.CreateCounter<long>("ser.batch.items", description: "Recordings of batches whose outcome this program stored");
        _time = _meter.CreateDurations("ser.batch.item.duration", "Time from the start of a recording of a batch to its outcome");
        _audio = _meter.CreateCounter<double>("ser.batch.audio", "s", "Recognized audio of batches");
    }

    /// <summary>Number of recordings whose outcome this program stored.</summary>
    internal long Finished => Volatile.Read(ref _finished);

    /// <summary>Reports how long an item took. The current span becomes the example of its bucket.</summary>
    internal void Record(BatchOutcomeEntry outcome, TimeSpan took) => _time.Record(took.TotalSeconds, State(outcome));

    /// <summary>Counts stored outcomes: those of a lost lease are stored by another program.</summary>
    internal void Count(IEnumerable<StoredOutcome> stored)
    {
        foreach (var (_, outcome) in stored)
        {
            Interlocked.Increment(ref _finished);
            _items.Add(1, State(outcome), new("emotion", outcome.Emotion?.Key() ?? "none"));
            if (outcome is { Succeeded: true, SameAs: null })
                _audio.Add(outcome.Duration ?? 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> State(BatchOutcomeEntry outcome) => new("state", StateOf(outcome));

    private static string StateOf(BatchOutcomeEntry outcome) =>
        !outcome.Succeeded ? "failed" : outcome.SameAs is null ? "done" : "copied";
}
