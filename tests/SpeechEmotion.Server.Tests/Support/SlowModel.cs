using SpeechEmotion.Inference;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Stands where ONNX Runtime would: it computes until it is let go or cancelled. Its first run, the warm-up, is quick.</summary>
internal sealed class SlowModel : IEmotionModel
{
    private readonly SemaphoreSlim _turns = new(0);
    private int _runs;
    private int _ended;

    /// <summary>Runs that were begun, the warm-up not counted.</summary>
    public int Begun => Math.Max(0, _runs - 1);

    /// <summary>Runs that were ended by their caller.</summary>
    public int Ended => _ended;

    /// <summary>Whether it was unloaded.</summary>
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

    /// <summary>One whose runs end at once.</summary>
    public static SlowModel Quick()
    {
        var model = new SlowModel();
        model.Go();
        return model;
    }

    /// <summary>Lets all runs, and all later ones, come to their end.</summary>
    public void Go() => _turns.Release(1_000_000);

    /// <summary>Lets one run come to its end, unless one that was let go is still to begin it.</summary>
    public void Step()
    {
        if (_turns.CurrentCount == 0)
            _turns.Release();
    }

    /// <summary>A run may still hold on to it; it goes on.</summary>
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
