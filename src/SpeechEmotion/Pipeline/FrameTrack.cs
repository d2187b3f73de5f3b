using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>
/// The frames of a recording on their grid of 20 ms, in order: those of speech, and between them frames without a score. Features
/// have only the frames that were processed.
/// </summary>
internal sealed class FrameTrack(int dimension, LabelSet labels, RecognitionOptions options)
{
    private readonly List<FrameScores> _scores = [];
    private readonly List<float>? _features = options is { Embedding: true, Sink: null } ? [] : null;

    /// <summary>All of them.</summary>
    public IReadOnlyList<FrameScores> Scores => _scores;

    /// <summary>The features of those with a score, in order; null where these were not asked for or went to the sink.</summary>
    public Embedding? Embedding => _features is null ? null : new(_features.ToArray(), dimension);

    /// <summary>Adds frames, with silence before them where there is a gap.</summary>
    /// <param name="index">The first one's place on the grid.</param>
    /// <param name="frames">What the model gave.</param>
    /// <param name="count">How many of them are taken.</param>
    public void Add(long index, ModelFrames frames, int count)
    {
        Silence(index);
        for (var t = 0; t < count; t++)
            _scores.Add(new(_scores.Count * FrameGrid.HopSeconds, labels.ScoreEmotions(frames.Logits.Span.Slice(t * labels.Count, labels.Count))));
        if (options.Embedding)
            Give(frames.Features.Span[..(count * dimension)]);
    }

    /// <summary>Adds silence up to a place on the grid.</summary>
    public void Silence(long until)
    {
        while (_scores.Count < until)
            _scores.Add(new(_scores.Count * FrameGrid.HopSeconds, null));
    }

    /// <summary>Says that no more frames come. A sink learns the dimension even where there is no speech.</summary>
    public void Complete()
    {
        if (options.Embedding)
            Give([]);
    }

    private void Give(ReadOnlySpan<float> features)
    {
        options.Sink?.Frames(features, dimension);
        _features?.AddRange(features);
    }
}
