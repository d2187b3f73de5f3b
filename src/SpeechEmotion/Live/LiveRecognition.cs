using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Resampling;
using SpeechEmotion.Errors;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Live;

/// <summary>
/// Recognizes sound while it is being recorded. Each call processes the samples that it adds and returns all results that they
/// complete, so the caller decides when to compute and how much sound may queue. Memory holds the open segment, the latest
/// window and the timeline. Not thread-safe; any number of streams can share one recognizer.
/// </summary>
public sealed class LiveRecognition
{
    private readonly EmotionRecognizer _recognizer;
    private readonly LiveOptions _options;
    private readonly ChannelMix? _mix;
    private readonly Resampler _resampler;
    private readonly SegmentPipeline _pipeline;
    private readonly WaveformWindow _latest = new();
    private readonly List<(long Start, long End)> _spoken = [];
    private readonly int _hop;
    private readonly int _window;
    private readonly float[] _block = new float[SampleRate.Hz / 4];
    private long _nextPartial;

    /// <summary>Begins a stream.</summary>
    /// <param name="recognizer">The recognizer that runs the model; the caller owns it and must keep it alive.</param>
    /// <param name="options">The format of the stream, and the intervals of its results.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="ModelException"><c>model.features_only</c>: the model has no emotions.</exception>
    public LiveRecognition(EmotionRecognizer recognizer, LiveOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Hop, TimeSpan.FromSeconds(0.25), nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Hop, TimeSpan.FromSeconds(5), nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Window, TimeSpan.FromSeconds(1), nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Window, TimeSpan.FromSeconds(10), nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Channels, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Channels, 64, nameof(options));
        (_recognizer, _options) = (recognizer, options);
        _mix = options.Channels > 1 ? new(options.Channels) : null;
        _resampler = new(options.SampleRate);
        _pipeline = new(recognizer.Model, recognizer.Labels, options.Segmentation, ["mix"]);
        (_hop, _window) = (FrameGrid.Samples(options.Hop), FrameGrid.Samples(options.Window));
        _nextPartial = _hop;
    }

    /// <summary>Estimates the most bytes that a live stream takes in addition to the weights.</summary>
    /// <param name="recognizer">The recognizer that runs the model.</param>
    /// <param name="options">The options of the stream.</param>
    public static long EstimateMemory(EmotionRecognizer recognizer, LiveOptions options) =>
        MemoryEstimate.OfStream(recognizer.Model, options.Window);

    /// <summary>The length of the stream processed so far.</summary>
    public TimeSpan Processed => TimeSpan.FromSeconds((double)_latest.End / SampleRate.Hz);

    /// <summary>The number of partials that were skipped because the caller requested none.</summary>
    public int Skipped { get; private set; }

    /// <summary>Processes the next samples.</summary>
    /// <param name="interleaved">float32 samples, nominally in [-1, 1), in whole frames.</param>
    /// <param name="partials">False skips the partials that are due: for a caller that lags behind.</param>
    /// <param name="ct">Cancels a running computation.</param>
    /// <returns>The new results, ordered by their end.</returns>
    /// <exception cref="AudioException"><c>audio.not_finite</c>: a sample is not a number, or absurdly large.</exception>
    /// <exception cref="ModelException">The model could not compute.</exception>
    public IReadOnlyList<LiveResult> Add(ReadOnlySpan<float> interleaved, bool partials = true, CancellationToken ct = default)
    {
        if (interleaved.Length % _options.Channels != 0)
        {
            throw new ArgumentException(
                $"{interleaved.Length} samples are not whole frames of {_options.Channels} channels.", nameof(interleaved));
        }
        BoundedReader.RequireFinite(interleaved, "stream");
        _resampler.Write(_mix is null ? interleaved : Mix(interleaved, _mix));
        return Process(partials, ct);
    }

    /// <summary>Ends the stream.</summary>
    /// <returns>The segments that were still open.</returns>
    public IReadOnlyList<LiveResult> Complete(CancellationToken ct = default)
    {
        _resampler.Complete();
        var results = Process(partials: false, ct);
        Recognize(_pipeline.Complete(0), results, ct);
        return results;
    }

    /// <summary>The timeline of all sound processed so far.</summary>
    public Timeline Timeline() => _pipeline.Timeline(_latest.End);

    private ReadOnlySpan<float> Mix(ReadOnlySpan<float> interleaved, ChannelMix guard)
    {
        var mono = WaveformReader.Average(interleaved, new float[interleaved.Length / _options.Channels], _options.Channels);
        guard.Guard(interleaved, channelStride: 1, frameStride: _options.Channels, mono);
        return mono;
    }

    private List<LiveResult> Process(bool partials, CancellationToken ct)
    {
        var results = new List<LiveResult>();
        // Read no further than the next partial, so that it describes the moment at which it is due.
        for (int read; (read = _resampler.Read(_block.AsSpan(0, (int)Math.Min(_block.Length, _nextPartial - _latest.End)))) > 0;)
        {
            var samples = _block.AsSpan(0, read);
            _latest.Append(samples);
            _latest.Forget(_latest.End - _window);
            _spoken.RemoveAll(segment => segment.End <= _latest.Start);
            Recognize(_pipeline.Push(0, samples), results, ct);
            if (_latest.End < _nextPartial)
                continue;
            _nextPartial += _hop;
            if (partials)
                results.Add(Partial(ct));
            else
                Skipped++;
        }
        return results;
    }

    private void Recognize(IReadOnlyList<SpeechSegment> segments, List<LiveResult> results, CancellationToken ct)
    {
        foreach (var segment in segments)
        {
            _spoken.Add((segment.Start, segment.End));
            foreach (var span in _pipeline.Recognize(segment, ct))
                results.Add(new LiveSegment(_pipeline.Add(0, span)));
        }
    }

    private LivePartial Partial(CancellationToken ct) => new(
        (double)_latest.Start / SampleRate.Hz, (double)_latest.End / SampleRate.Hz, Score(ct));

    /// <summary>The scores of the latest window; null if it contains no speech.</summary>
    private EmotionScores? Score(CancellationToken ct)
    {
        var (model, speech) = (_recognizer.Model, LatestSpeech());
        if (speech.Length == 0)
            return null;
        // As for a file: a speech-only model does not process the silence in the window.
        var samples = model.SpeechOnly ? speech : _latest.Slice(_latest.Start, _latest.End).ToArray();
        if (samples.Length < model.MinSamples)
            return null;
        var frames = model.SpeechOnly ? model.RunSpeech(samples, ct) : model.Run(samples, ct);
        return _recognizer.Labels.ScoreEmotions(frames.MeanLogits());
    }

    /// <summary>The speech in the latest window, without the silence between.</summary>
    private float[] LatestSpeech()
    {
        var speech = new List<float>();
        foreach (var (start, end) in _pipeline.OpenSegment(0) is { } open ? _spoken.Append(open) : _spoken)
        {
            if (end > _latest.Start)
                speech.AddRange(_latest.Slice(Math.Max(start, _latest.Start), end));
        }
        return [.. speech];
    }
}
