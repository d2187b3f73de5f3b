using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>
/// A replacement for ONNX Runtime whose runs block until they are released or cancelled. The first run, the warm-up, returns at
/// once.
/// </summary>
internal sealed class SlowModel : IEmotionModel
{
    private readonly SemaphoreSlim _turns = new(0);
    private int _runs;
    private int _ended;

    /// <summary>Number of runs that have begun, without the warm-up.</summary>
    public int Begun => Math.Max(0, _runs - 1);

    /// <summary>Number of runs that their caller has cancelled.</summary>
    public int Ended => _ended;

    /// <summary>Whether the model was unloaded.</summary>
    public bool IsDisposed { get; private set; }

    public ModelIdentity Identity => Some.Model;

    public LabelSet? Labels { get; } = new([.. EmotionNames.All.Select(emotion => emotion.Key())]);

    public int Dimension => 64;

    public int MinSamples => 400;

    public int? MaxSamples { get; init; }

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default)
    {
        if (Interlocked.Increment(ref _runs) > 1)
            Wait(ct);
        var count = ((waveform.Length - 400) / 320) + 1;
        return new(count, new float[count * Dimension], new float[count * EmotionScores.Count]);
    }

    /// <summary>Creates a model whose runs end at once.</summary>
    public static SlowModel Quick()
    {
        var model = new SlowModel();
        model.Go();
        return model;
    }

    /// <summary>Releases all current and later runs.</summary>
    public void Go() => _turns.Release(1_000_000);

    /// <summary>Releases one run, unless an earlier release is still unused.</summary>
    public void Step()
    {
        if (_turns.CurrentCount == 0)
            _turns.Release();
    }

    /// <summary>Notes the call only: a run may still use the model.</summary>
    public void Dispose() => IsDisposed = true;

    private void Wait(CancellationToken ct)
    {
        try
        {
            _turns.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _ended);
            throw;
        }
    }
}
