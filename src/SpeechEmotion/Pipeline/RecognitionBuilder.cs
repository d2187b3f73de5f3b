using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>
/// Combines the frames of a recording into one answer. The head is linear, so averaging the logits of all frames equals applying
/// the head to the average frame; over segments, each is weighted by its length.
/// </summary>
internal sealed class RecognitionBuilder
{
    private readonly IEmotionModel _model;
    private readonly LabelSet _labels;
    private readonly RecognitionOptions _options;
    private readonly double[] _logits;
    private readonly double[] _features;
    private readonly FrameTrack? _frames;
    private long _count;
    private SegmentPipeline? _segments;
    private double _speechShare = 1;
    private bool _skips;
    private SpeechOnlyAnswer? _speechOnly;

    public RecognitionBuilder(IEmotionModel model, LabelSet labels, RecognitionOptions options)
    {
        (_model, _labels, _options) = (model, labels, options);
        _logits = new double[_labels.Count];
        _features = new double[model.Dimension];
        _frames = options.Granularity == Granularity.Frame ? new(model.Dimension, labels, options) : null;
    }

    /// <summary>Whether no speech was added so far.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Adds the timeline of a pipeline to the answer.</summary>
    public void AddTimeline(SegmentPipeline segments) => _segments = segments;

    /// <summary>Whether silence distorts the answer, because the model processed a recording with too much of it.</summary>
    public bool IsMostlySilent => _speechShare is > 0 and < QualityThresholds.SpeechShare / 100;

    /// <summary>Adds the frames of a recording that was processed as a whole.</summary>
    /// <param name="frames">All frames.</param>
    /// <param name="share">The share of speech in the recording, in [0, 1].</param>
    public void AddWhole(ModelFrames frames, double share)
    {
        _speechShare = share;
        Count(frames, frames.Count);
        _frames?.Add(0, frames, frames.Count);
    }

    /// <summary>Adds the frames of a recording's speech without the silence.</summary>
    public void AddExcerpt(SpeechExcerpt excerpt, ModelFrames frames)
    {
        _skips = true;
        foreach (var (index, run) in excerpt.Place(frames, _model.Dimension, _labels.Count))
        {
            Count(run, run.Count);
            _frames?.Add(index, run, run.Count);
        }
    }

    /// <summary>Adds the frames of the speech of a recording that was processed as a whole, as a second answer beside the first.</summary>
    public void AddSpeechOnly(ModelFrames frames)
    {
        var scores = _labels.ScoreEmotions(Finite(frames.MeanLogits()));
        _speechOnly = scores.Top == _labels.ScoreEmotions(Finite(Mean(_logits))).Top ? null : new(scores);
    }

    /// <summary>Adds the parts of a channel's next segment.</summary>
    /// <param name="channel">The index of the channel.</param>
    /// <param name="parts">The parts in order.</param>
    /// <param name="counts">False if they only go into the timeline, because the answer covers all speech at once.</param>
    public void Add(int channel, IReadOnlyList<EmotionSpan> parts, bool counts)
    {
        foreach (var part in parts)
        {
            foreach (var piece in counts ? part.Pieces : [])
            {
                Count(piece.Frames, piece.Count);
                _frames?.Add(piece.Start / FrameGrid.Hop, piece.Frames, piece.Count);
            }
            _segments!.Add(channel, part);
        }
    }

    /// <summary>Without speech, the answer covers the sound at the beginning, but no frame and no segment does.</summary>
    public void AddWithoutSpeech(ModelFrames frames) => Count(frames, frames.Count);

    /// <summary>Builds the answer from everything that was added.</summary>
    /// <param name="waveform">The waveform, read to its end.</param>
    /// <param name="samples">The number of samples at 16 kHz.</param>
    /// <param name="meter">The meter, which has measured the samples.</param>
    /// <param name="digest">The digest of the original bytes; null if they are unknown.</param>
    public Recognition Build(WaveformReader waveform, long samples, SoundMeter meter, SourceDigest? digest)
    {
        var logits = Finite(Mean(_logits));
        if (_segments is not null || _skips)
            _frames?.Silence(FrameGrid.FramesOf(samples));
        _frames?.Complete();
        var scores = _labels.ScoreEmotions(logits);
        var duration = TimeSpan.FromSeconds((double)waveform.SourceFrames / waveform.Format.SampleRate);
        meter.CancelledShare = waveform.CancelledShare;
        var notes = NotesOf(meter.Notes(scores, waveform.Format.SampleRate), duration);
        if (waveform.Loss is { } loss)
            notes = [.. notes, QualityNotes.Incomplete(loss.Duration.TotalSeconds, loss.Bytes)];
        return new()
        {
            Scores = scores,
            Labels = _labels.Score(logits),
            Granularity = _options.Granularity,
            Duration = duration,
            Model = _model.Identity,
            Provenance = ProvenanceMapping.Of(_model, waveform, _options, _segments is not null, _skips, digest?.Result()),
            Timeline = _segments?.Timeline(samples),
            SpeechOnly = _speechOnly,
            Quality = notes,
            Frames = _frames?.Scores,
            Embedding = EmbeddingOf(),
        };
    }

    private IReadOnlyList<QualityNote> NotesOf(IReadOnlyList<QualityNote> notes, TimeSpan duration)
    {
        if (IsMostlySilent)
            return [QualityNotes.MostlySilent(100 * _speechShare), .. notes];
        // Without sound, there is no speech either.
        var isNoSpeech = _segments is { IsEmpty: true } || (_speechShare == 0 && notes is not [{ Reason: QualityReason.Silence }, ..]);
        return isNoSpeech ? [QualityNotes.NoSpeech(duration.TotalSeconds), .. notes] : notes;
    }

    private float[] Finite(float[] logits) => logits.All(float.IsFinite) ? logits : throw RecognitionErrors.NotFinite(_model.Identity.Id);

    private Embedding? EmbeddingOf()
    {
        if (!_options.Embedding)
            return null;
        return _frames is null ? new(Mean(_features), _model.Dimension) : _frames.Embedding;
    }

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
