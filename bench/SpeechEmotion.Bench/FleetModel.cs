using System.Diagnostics;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;

namespace SpeechEmotion.Bench;

/// <summary>A replacement for a model on another machine: it takes its time, but no processor.</summary>
/// <param name="pause">How long each recording takes.</param>
/// <param name="waits">Receives how long the worker had no recording.</param>
internal sealed class FleetModel(TimeSpan pause, FleetWaits waits) : IEmotionModel
{
    private readonly Lock _gate = new();
    private long _free = Stopwatch.GetTimestamp();
    private int _running;
    private int _runs = -1;

    /// <summary>Number of recordings, without the run that warms a model up.</summary>
    public int Runs => _runs;

    public ModelIdentity Identity { get; } = new("fleet", "fp32", "0123456789abcdef", "none", true);

    public LabelSet? Labels { get; } = new([.. EmotionNames.All.Select(emotion => emotion.Key())]);

    public int Dimension => 64;

    public int MinSamples => 400;

    public int? MaxSamples => null;

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default)
    {
        if (Interlocked.Increment(ref _runs) > 0)
            Wait(ct);
        return FramesOf(waveform.Length);
    }

    /// <summary>The speech of a recording whose whole has taken the time.</summary>
    public ModelFrames RunSpeech(ReadOnlyMemory<float> waveform, CancellationToken ct = default) => FramesOf(waveform.Length);

    public void Dispose()
    {
    }

    private ModelFrames FramesOf(int samples)
    {
        var count = ((samples - MinSamples) / 320) + 1;
        return new(count, new float[count * Dimension], new float[count * EmotionScores.Count]);
    }

    private void Wait(CancellationToken ct)
    {
        lock (_gate)
        {
            if (_running++ == 0)
                waits.End(_free);
        }
        try
        {
            if (ct.WaitHandle.WaitOne(pause))
                ct.ThrowIfCancellationRequested();
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                _free = Stopwatch.GetTimestamp();
            }
        }
    }
}
