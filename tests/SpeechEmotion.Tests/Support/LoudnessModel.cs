using System.Collections.Concurrent;
using System.Numerics.Tensors;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;

namespace SpeechEmotion.Tests.Support;

/// <summary>Scores loud frames as angry and soft ones as neutral; records the length of each run's waveform.</summary>
internal sealed class LoudnessModel : IEmotionModel
{
    public ConcurrentQueue<int> Lengths { get; } = [];

    public ModelIdentity Identity => Some.Model;

    public LabelSet Labels { get; } = new([.. EmotionNames.All.Select(emotion => emotion.Key())]);

    public int Dimension => 1;

    public int MinSamples => 400;

    public bool SpeechOnly { get; init; }

    public int? MaxSamples => null;

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        Lengths.Enqueue(waveform.Length);
        var count = ((waveform.Length - 400) / 320) + 1;
        var (features, logits) = (new float[count], new float[count * EmotionScores.Count]);
        for (var t = 0; t < count; t++)
        {
            features[t] = MathF.Sqrt(TensorPrimitives.SumOfSquares(waveform.Span.Slice(t * 320, 400)) / 400);
            logits[(t * EmotionScores.Count) + (int)(features[t] > 0.04f ? Emotion.Angry : Emotion.Neutral)] = 4;
        }
        return new(count, features, logits);
    }

    public void Dispose()
    {
    }
}
