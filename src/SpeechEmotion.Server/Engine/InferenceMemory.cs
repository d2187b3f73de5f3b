using SpeechEmotion.Models;

namespace SpeechEmotion.Server.Engine;

/// <summary>What an inference takes beside the weights, estimated from measurements (bench/README.md).</summary>
internal static class InferenceMemory
{
    /// <summary>A recording of up to this length is heard whole.</summary>
    private const double Whole = 30;

    /// <summary>A longer one in windows of this length.</summary>
    private const double Window = 15;

    /// <summary>Bytes for each second of a window: the convolutions, whose first layers have most of the steps.</summary>
    private const double PerSecond = 24e6;

    /// <summary>Bytes for each head and squared second: the attention, every frame of 20 ms against every other.</summary>
    private const double PerHeadSquaredSecond = 50 * 50 * sizeof(float) * 3.0;

    /// <summary>Bytes that recognising a recording takes at most.</summary>
    /// <param name="model">The model.</param>
    /// <param name="duration">Length of the recording; null where it is not known.</param>
    public static long Estimate(IEmotionModel model, TimeSpan? duration)
    {
        var seconds = duration?.TotalSeconds ?? Whole;
        if (seconds > Whole)
            seconds = Window;
        var heads = Math.Max(1, model.Dimension / 64);
        return (long)((PerSecond * seconds) + (PerHeadSquaredSecond * heads * seconds * seconds));
    }
}
