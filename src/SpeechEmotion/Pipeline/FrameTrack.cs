using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>
/// The frames of a recording on their grid of 20 ms, in order: frames of speech, and frames without a score between them. Only
/// processed frames have features.
/// </summary>
internal sealed class FrameTrack(int dimension, LabelSet labels, RecognitionOptions options)
{
    private readonly List<FrameScores> _scores = [];
    private readonly List<float>? _features = options is { Embedding: true, Sink: null } ? [] : null;

    /// <summary>All frames.</summary>
    public IReadOnlyList<FrameScores> Scores => _scores;

    /// <summary>The features of the frames with a score, in order; null if they were not requested or the sink received them.</summary>
    public Embedding? Embedding => _features is null ? null : new(_features.ToArray(), dimension);

    /// <summary>Adds frames, preceded by silence if there is a gap.</summary>
    /// <param name="index">The place of the first frame on the grid.</param>
    /// <param name="frames">The frames that the model returned.</param>
    /// <param name="count">The number of frames to add.</param>
    public void Add(long index, ModelFrames frames, int count)
    {
        Silence(index);
        for (var t = 0; t < count; t++)
        {
            var scores = labels.ScoreEmotions(frames.Logits.Span.Slice(t * labels.Count, labels.Count));
            _scores.Add(new(_scores.Count * FrameGrid.HopSeconds, scores));
        }
        if (options.Embedding)
            AddFeatures(frames.Features.Span[..(count * dimension)]);
    }

    /// <summary>Adds silence up to a place on the grid.</summary>
    public void Silence(long until)
    {
        while (_scores.Count < until)
            _scores.Add(new(_scores.Count * FrameGrid.HopSeconds, null));
    }

    /// <summary>Ends the track. A sink receives the dimension even if there is no speech.</summary>
    public void Complete()
    {
        if (options.Embedding)
            AddFeatures([]);
    }

    private void AddFeatures(ReadOnlySpan<float> features)
    {
        options.Sink?.Frames(features, dimension);
        _features?.AddRange(features);
    }
}
