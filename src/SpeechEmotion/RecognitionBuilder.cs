using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;

namespace SpeechEmotion;

/// <summary>
/// Gathers the frames of a recording, window by window, into one answer. The head is linear, so averaging the logits of
/// all frames is the same as applying the head to the average frame; over windows it weighs each by its length.
/// </summary>
internal sealed class RecognitionBuilder
{
    private const double FrameSeconds = AnalysisWindows.Hop / 16000.0;

    private readonly IEmotionModel _model;
    private readonly LabelSet _labels;
    private readonly RecognitionOptions _options;
    private readonly double[] _logits;
    private readonly double[] _features;
    private readonly List<FrameScores>? _frames;
    private readonly List<float>? _frameFeatures;
    private long _count;

    public RecognitionBuilder(IEmotionModel model, RecognitionOptions options)
    {
        _labels = model.Labels ?? throw new ModelException(
            "model.features_only", $"The model {model.Identity.Id} gives features but no emotions: it has no label head. Use emotion2vec_plus_large, _plus_base, _plus_seed or compact.",
            $"模型 {model.Identity.Id} 只输出特征、不输出情感（没有分类头）。请改用 emotion2vec_plus_large、_plus_base、_plus_seed 或 compact。");
        (_model, _options) = (model, options);
        _logits = new double[_labels.Count];
        _features = new double[model.Dimension];
        _frames = options.Granularity == Granularity.Frame ? [] : null;
        _frameFeatures = _frames is not null && options is { Embedding: true, Sink: null } ? [] : null;
    }

    /// <summary>Takes the frames of the next window.</summary>
    public void Add(AnalysisWindow window, ModelFrames frames)
    {
        for (var t = 0; t < frames.Count; t++)
        {
            var logits = frames.Logits.Span.Slice(t * _labels.Count, _labels.Count);
            Accumulate(_logits, logits);
            _frames?.Add(new((window.Start / 16000.0) + (t * FrameSeconds), _labels.ScoreEmotions(logits)));
            if (_options.Embedding)
                Accumulate(_features, frames.Features.Span.Slice(t * _model.Dimension, _model.Dimension));
        }
        _count += frames.Count;
        if (_options.Embedding && _frames is not null)
        {
            _options.Sink?.Frames(frames.Features.Span, _model.Dimension);
            _frameFeatures?.AddRange(frames.Features.Span);
        }
    }

    /// <summary>The answer over everything that was added.</summary>
    public Recognition Build(WaveformReader waveform, SoundMeter meter)
    {
        var logits = Mean(_logits);
        if (!logits.All(float.IsFinite))
        {
            throw new ModelException(
                "model.not_finite", $"The model {_model.Identity.Id} gave numbers that are not finite. Its weights are damaged: get it again.",
                $"模型 {_model.Identity.Id} 输出了非有限数值，权重可能已损坏，请重新获取。");
        }
        var scores = _labels.ScoreEmotions(logits);
        return new()
        {
            Scores = scores,
            Labels = _labels.Score(logits),
            Granularity = _options.Granularity,
            Duration = TimeSpan.FromSeconds((double)waveform.SourceFrames / waveform.Format.SampleRate),
            Model = _model.Identity,
            Quality = meter.Notes(scores, waveform.Format.SampleRate),
            Frames = _frames,
            Embedding = EmbeddingOf(),
        };
    }

    private Embedding? EmbeddingOf()
    {
        if (!_options.Embedding || (_frames is not null && _frameFeatures is null))
            return null;
        return new(_frameFeatures?.ToArray() ?? Mean(_features), _model.Dimension);
    }

    private float[] Mean(double[] sums) => Array.ConvertAll(sums, sum => (float)(sum / _count));

    private static void Accumulate(double[] sums, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += values[i];
    }
}
