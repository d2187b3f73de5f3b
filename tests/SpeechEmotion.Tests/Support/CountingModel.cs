using System.Collections.Concurrent;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;

namespace SpeechEmotion.Tests.Support;

/// <summary>
/// Replaces ONNX Runtime: one feature a frame, the frame's first sample; its logits grow with it. Records the length of each
/// run's waveform.
/// </summary>
internal sealed class CountingModel(string[]? labels = null) : IEmotionModel
{
    private readonly string[] _labels = labels ?? [.. EmotionNames.All.Select(emotion => emotion.Key())];

    public ConcurrentQueue<int> Lengths { get; } = [];

    public ModelIdentity Identity => Some.Model;

    public LabelSet? Labels => _labels.Length == 0 ? null : new(_labels);

    public int Dimension { get; init; } = 1;

    public int MinSamples => 400;

    public int? MaxSamples { get; init; }

    public ModelFrames Run(ReadOnlyMemory<float> waveform, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        Lengths.Enqueue(waveform.Length);
        var count = ((waveform.Length - 400) / 320) + 1;
        var features = new float[count];
        var logits = new float[count * _labels.Length];
        for (var t = 0; t < count; t++)
        {
            features[t] = waveform.Span[t * 320];
            for (var k = 0; k < _labels.Length; k++)
                logits[(t * _labels.Length) + k] = features[t] * (k + 1);
        }
        return new(count, features, logits);
    }

    public void Dispose()
    {
    }
}
