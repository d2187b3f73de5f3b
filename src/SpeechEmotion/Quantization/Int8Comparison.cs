using System.Numerics.Tensors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Quantization;

/// <summary>Runs a float32 model and its int8 form over the same clips, and measures the difference.</summary>
internal sealed class Int8Comparison(IEmotionModel original, IEmotionModel rounded)
{
    private readonly HashSet<int> _labels = [];
    private int _clips, _agreeing;
    private float _scoreDifference, _cosine = 1;

    /// <summary>Runs both models over one clip.</summary>
    public void Process(ReadOnlyMemory<float> clip, CancellationToken ct)
    {
        var (first, second) = (original.Run(clip, ct), rounded.Run(clip, ct));
        _clips++;
        _cosine = Least(_cosine, TensorPrimitives.CosineSimilarity<float>(first.MeanFeatures(), second.MeanFeatures()));
        if (original.Labels is not { } labels)
        {
            _agreeing++;
            return;
        }
        float[] before = [.. labels.ScoreEmotions(first.MeanLogits()).Values];
        float[] after = [.. labels.ScoreEmotions(second.MeanLogits()).Values];
        var label = TensorPrimitives.IndexOfMax<float>(before);
        _labels.Add(label);
        _agreeing += TensorPrimitives.IndexOfMax<float>(after) == label ? 1 : 0;
        TensorPrimitives.Subtract(before, after, after);
        _scoreDifference = -Least(-_scoreDifference, -MathF.Abs(TensorPrimitives.MaxMagnitude<float>(after)));
    }

    /// <summary>Creates the certificate with the measured values.</summary>
    /// <param name="ownClips">The number of clips from the user's recordings.</param>
    public Int8Certificate Certify(int ownClips) => new()
    {
        GraphVersion = Int8Graph.Version,
        Engine = InferenceRuntime.Version,
        Processor = ProcessorKind.Name,
        WeightBits = Int8Weights.Bits,
        Products = Int8Products.Name,
        Clips = _clips,
        OwnClips = ownClips,
        Labels = _labels.Count,
        Agreement = _clips == 0 ? 0 : (double)_agreeing / _clips,
        ScoreDifference = _scoreDifference,
        Cosine = _cosine,
    };

    /// <summary>The smaller value; NaN is worse than any value, and becomes the worst one.</summary>
    private static float Least(float a, float b) => float.IsNaN(b) ? -1 : Math.Min(a, b);
}
