using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion;

/// <summary>
/// Gathers the frames of a recording into one answer. The head is linear, so averaging the logits of all frames is the same
/// as applying the head to the average frame; over segments it weighs each by its length.
/// </summary>
internal sealed class RecognitionBuilder
{
    private readonly IEmotionModel _model;
    private readonly LabelSet _labels;
    private readonly RecognitionOptions _options;
    private readonly double[] _logits;
    private readonly double[] _features;
    private readonly FrameCourse? _frames;
    private long _count;
    private TimelineBuilder? _timeline;

    public RecognitionBuilder(IEmotionModel model, LabelSet labels, RecognitionOptions options)
    {
        (_model, _labels, _options) = (model, labels, options);
        _logits = new double[_labels.Count];
        _features = new double[model.Dimension];
        _frames = options.Granularity == Granularity.Frame ? new(model.Dimension, labels, options) : null;
    }

    /// <summary>Whether nobody has spoken so far.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Says that segments come, of channels with these names.</summary>
    public void BeginSegments(IReadOnlyList<string> roles) => _timeline = new(roles);

    /// <summary>Takes the frames of a recording that was heard whole.</summary>
    public void AddWhole(ModelFrames frames)
    {
        Count(frames, frames.Count);
        _frames?.Add(0, frames, frames.Count);
    }

    /// <summary>Takes the parts of a channel's next segment.</summary>
    public void Add(int channel, IReadOnlyList<SegmentPart> parts)
    {
        foreach (var part in parts)
        {
            foreach (var piece in part.Pieces)
            {
                Count(piece.Frames, piece.Count);
                _frames?.Add(piece.Start / FrameGrid.Hop, piece.Frames, piece.Count);
            }
            _timeline!.Add(channel, part, _labels.ScoreEmotions(part.Logits));
        }
    }

    /// <summary>Where nobody speaks, the answer is about the sound at the beginning; no frame and no segment has one.</summary>
    public void AddWithoutSpeech(ModelFrames frames) => Count(frames, frames.Count);

    /// <summary>The answer over everything that was added.</summary>
    /// <param name="waveform">Read to its end.</param>
    /// <param name="samples">How many samples there were at 16 kHz.</param>
    /// <param name="meter">Has heard them.</param>
    /// <param name="digest">Tells which bytes they came from; null where that is not known.</param>
    public Recognition Build(WaveformReader waveform, long samples, SoundMeter meter, SourceDigest? digest)
    {
        var logits = Mean(_logits);
        if (!logits.All(float.IsFinite))
        {
            throw new ModelException(
                "model.not_finite", $"The model {_model.Identity.Id} gave numbers that are not finite. Its weights are damaged: get it again.",
                $"模型 {_model.Identity.Id} 输出了非有限数值，权重可能已损坏，请重新获取。");
        }
        if (_timeline is not null)
            _frames?.Silence(FrameGrid.FramesOf(samples));
        _frames?.Complete();
        var scores = _labels.ScoreEmotions(logits);
        var duration = TimeSpan.FromSeconds((double)waveform.SourceFrames / waveform.Format.SampleRate);
        meter.CancelledShare = waveform.CancelledShare;
        var notes = meter.Notes(scores, waveform.Format.SampleRate);
        if (waveform.Loss is { } loss)
            notes = [.. notes, QualityNotes.Incomplete(loss.Duration.TotalSeconds, loss.Bytes)];
        return new()
        {
            Scores = scores,
            Labels = _labels.Score(logits),
            Granularity = _options.Granularity,
            Duration = duration,
            Model = _model.Identity,
            Provenance = ProvenanceRecord.Of(_model, waveform, _options, _timeline is not null, digest?.Result()),
            Timeline = _timeline?.Build(samples),
            Quality = _timeline is { IsEmpty: true } ? [QualityNotes.NoSpeech(duration.TotalSeconds), .. notes] : notes,
            Frames = _frames?.Scores,
            Embedding = EmbeddingOf(),
        };
    }

    private Embedding? EmbeddingOf() => !_options.Embedding ? null : _frames is null ? new(Mean(_features), _model.Dimension) : _frames.Embedding;

    private void Count(ModelFrames frames, int count)
    {
        for (var t = 0; t < count; t++)
        {
            Accumulate(_logits, frames.Logits.Span.Slice(t * _labels.Count, _labels.Count));
            if (_options.Embedding)
                Accumulate(_features, frames.Features.Span.Slice(t * _model.Dimension, _model.Dimension));
        }
        _count += count;
    }

    private float[] Mean(double[] sums) => Array.ConvertAll(sums, sum => (float)(sum / _count));

    private static void Accumulate(double[] sums, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += values[i];
    }
}
