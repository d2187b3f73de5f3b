using System.Numerics.Tensors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Inference;

/// <summary>
/// A model's own labels and their meaning among the nine emotions. Labels that begin with <c>unuse</c> are placeholders
/// from training: they get no probability and are not shown.
/// </summary>
public sealed class LabelSet
{
    private const string Placeholder = "unuse";

    /// <summary>The words that label lists use in addition to our own nine keys.</summary>
    private static readonly Dictionary<string, Emotion> Meanings = new (Emotion Emotion, string[] Words)[]
    {
        (Emotion.Angry, ["生气", "愤怒", "anger"]),
        (Emotion.Disgusted, ["厌恶", "disgust"]),
        (Emotion.Fearful, ["恐惧", "害怕", "fear"]),
        (Emotion.Happy, ["开心", "快乐", "高兴", "happiness"]),
        (Emotion.Neutral, ["中立", "中性"]),
        (Emotion.Other, ["其他"]),
        (Emotion.Sad, ["难过", "悲伤", "sadness"]),
        (Emotion.Surprised, ["吃惊", "惊讶", "surprise"]),
        (Emotion.Unknown, ["<unk>", "未知"]),
    }
    .SelectMany(meaning => meaning.Words.Select(word => (word, meaning.Emotion)))
    .ToDictionary(pair => pair.word, pair => pair.Emotion, StringComparer.OrdinalIgnoreCase);

    private readonly string[] _labels;
    private readonly int[] _shown;
    private readonly Emotion[] _meanings;

    /// <summary>Creates the set from the labels in the order of the model's logits.</summary>
    public LabelSet(IReadOnlyList<string> labels)
    {
        _labels = [.. labels];
        _shown = [.. Enumerable.Range(0, _labels.Length)
            .Where(i => !_labels[i].StartsWith(Placeholder, StringComparison.Ordinal))];
        _meanings = [.. _shown.Select(i => Meaning(_labels[i]))];
    }

    /// <summary>The number of logits, including placeholders.</summary>
    public int Count => _labels.Length;

    /// <summary>All labels in the order of the logits.</summary>
    public IReadOnlyList<string> Texts => _labels;

    /// <summary>Computes the softmax over the labels that are shown, in the model's order.</summary>
    /// <param name="logits">One logit per label, including placeholders.</param>
    public IReadOnlyList<LabelScore> Score(ReadOnlySpan<float> logits)
    {
        var probabilities = Probabilities(logits);
        return [.. _shown.Select((label, i) => new LabelScore(_labels[label], probabilities[i]))];
    }

    /// <summary>Maps the same probabilities to the nine emotions; a label that is none of them counts as other.</summary>
    public EmotionScores ScoreEmotions(ReadOnlySpan<float> logits)
    {
        var probabilities = Probabilities(logits);
        Span<float> scores = stackalloc float[EmotionScores.Count];
        for (var i = 0; i < _shown.Length; i++)
            scores[(int)_meanings[i]] += probabilities[i];
        return new(scores);
    }

    /// <summary>Maps a label to an emotion by any of its parts separated by a slash; other if no part is known.</summary>
    public static Emotion Meaning(string label)
    {
        foreach (var part in label.Split('/', StringSplitOptions.TrimEntries))
        {
            if (EmotionNames.FromKey(part) is { } named)
                return named;
            if (Meanings.TryGetValue(part, out var meant))
                return meant;
        }
        return Emotion.Other;
    }

    private float[] Probabilities(ReadOnlySpan<float> logits)
    {
        var probabilities = new float[_shown.Length];
        for (var i = 0; i < _shown.Length; i++)
            probabilities[i] = logits[_shown[i]];
        // The maximum is subtracted first: the exponential of a large logit would overflow.
        TensorPrimitives.Subtract(probabilities, TensorPrimitives.Max<float>(probabilities), probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);
        return probabilities;
    }
}
