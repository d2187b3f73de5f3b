using System.Runtime.CompilerServices;
using SpeechEmotion.Audio;
using SpeechEmotion.Calibration;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion;

/// <summary>
/// The whole pipeline: recording, 16 kHz waveform, segments of speech, frames, emotion. Load once and share: it is thread-safe, and
/// every caller runs over the same loaded model.
/// </summary>
/// <param name="model">The model; the recognizer disposes it.</param>
public sealed class EmotionRecognizer(IEmotionModel model) : IDisposable
{
    /// <summary>The loaded model.</summary>
    public IEmotionModel Model { get; } = model;

    /// <summary>
    /// What speaks against the int8 form of the model, where <see cref="ModelPrecision.Int8"/> or
    /// <see cref="ModelPrecision.Auto"/> was asked for; null for nothing.
    /// </summary>
    public Int8Fault? Int8Fault { get; private init; }

    /// <summary>What computes the model: <see cref="ComputeDevice.Cpu"/> or <see cref="ComputeDevice.Cuda"/>.</summary>
    public ComputeDevice Device => Model.Device;

    /// <summary>
    /// Why the processor computes it, where <see cref="ComputeDevice.Cuda"/> or <see cref="ComputeDevice.Auto"/> was asked for; null
    /// for nothing.
    /// </summary>
    public DeviceFault? DeviceFault { get; private init; }

    internal LabelSet Labels => Model.Labels ?? throw new ModelException(
        "model.features_only", $"The model {Model.Identity.Id} gives features but no emotions: it has no label head. Use emotion2vec_plus_large, _plus_base, _plus_seed or compact.",
        $"模型 {Model.Identity.Id} 只输出特征、不输出情感（没有分类头）。请改用 emotion2vec_plus_large、_plus_base、_plus_seed 或 compact。");

    /// <summary>Finds a model on this machine (<see cref="ModelSearch"/>), imports it if that is needed, and loads it.</summary>
    /// <exception cref="ModelException">There is no such model, or it is damaged.</exception>
    /// <exception cref="CheckpointException">The model's own files are not what they should be.</exception>
    public static EmotionRecognizer Load(
        RecognizerOptions? options = null, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        options ??= new();
        var original = ModelSearch.Default.Resolve(options.Model, options.ModelDirectory, progress, ct);
        var choice = new Int8Conversion(ModelStore.Default).Choose(original, options.Precision, progress, ct);
        var model = OnnxEmotionModel.Load(choice.Folder, options.Load);
        return new(model) { Int8Fault = choice.Fault, DeviceFault = model.DeviceFault };
    }

    /// <summary>Recognises a file.</summary>
    /// <exception cref="AudioException">The file is missing, damaged, empty or of an unknown kind.</exception>
    /// <exception cref="ModelException">
    /// The model gives no emotions, could not compute, or cannot hear it whole (<c>model.too_long</c>).
    /// </exception>
    public Recognition Recognize(string path, RecognitionOptions? options = null, CancellationToken ct = default) =>
        Recognize(AudioFile.Open(path, options?.Limits, ct), options, ct);

    /// <summary>Recognises a recording that comes as a stream, in any format that a file may have.</summary>
    /// <inheritdoc cref="Recognize(string, RecognitionOptions?, CancellationToken)"/>
    public Recognition Recognize(Stream recording, RecognitionOptions? options = null, CancellationToken ct = default) =>
        Recognize(AudioFile.Open(recording, "audio", options?.Limits, ct), options, ct);

    /// <summary>Recognises samples in memory: float32, nominally in [-1, 1], interleaved.</summary>
    /// <inheritdoc cref="Recognize(string, RecognitionOptions?, CancellationToken)"/>
    public Recognition Recognize(
        ReadOnlyMemory<float> samples, int sampleRate, int channels = 1,
        RecognitionOptions? options = null, CancellationToken ct = default) =>
        Recognize(new SampleReader(samples, sampleRate, channels), options, ct);

    /// <summary>Recognises an opened recording, and closes it.</summary>
    /// <inheritdoc cref="Recognize(string, RecognitionOptions?, CancellationToken)"/>
    public Recognition Recognize(IAudioReader recording, RecognitionOptions? options = null, CancellationToken ct = default)
    {
        options ??= new();
        if (options is { Granularity: Granularity.Frame, Channels: RecordingChannels.Split })
            throw new ArgumentException("The frames of two channels do not go into one row: mix them, or ask for the utterance.", nameof(options));
        var meter = new SoundMeter();
        using var waveform = new WaveformReader(recording, meter.AddDecoded, options.Channels == RecordingChannels.Split);
        // Beside the recognition: the bytes are read twice, but nobody waits for that.
        using var digest = SourceDigest.Begin(recording, ct);
        var heard = new HeardRecording(waveform, meter, options.Sink, ct);
        var roles = heard.Roles(options);
        var result = new RecognitionBuilder(Model, Labels, options);
        if (heard.Whole(Model, options) is { } whole)
            AddWhole(whole, options, result, ct);
        else
            AddSegments(heard, roles, options, result, ct);
        return result.Build(waveform, heard.Samples, meter, digest);
    }

    /// <summary>
    /// Recognises many files over the one loaded model. Results come in the order of the files; a file that cannot be
    /// recognised gives its error and does not stop the rest.
    /// </summary>
    /// <exception cref="ArgumentException">The options have a sink: it could not tell the files apart.</exception>
    public async IAsyncEnumerable<FileRecognition> RecognizeManyAsync(
        IEnumerable<string> paths, RecognitionOptions? options = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        if (options?.Sink is not null)
            throw new ArgumentException("A sink takes one recording, not many.", nameof(options));
        foreach (var path in paths)
            yield return await Task.Run(() => FileRecognition.Of(path, () => Recognize(path, options, ct)), ct);
    }

    /// <summary>How many bytes recognising a recording takes at most beside the weights; for a host that runs several at once.</summary>
    /// <param name="duration">Its length; null where it is not known.</param>
    /// <param name="options">What is asked for. Frame features are not counted: they belong into a <see cref="RecognitionOptions.Sink"/>.</param>
    /// <returns>Null where nothing bounds it: it is to be heard whole however long it is, and nobody knows.</returns>
    public long? EstimateMemory(TimeSpan? duration, RecognitionOptions? options = null) =>
        RecognitionMemory.Estimate(Model, duration, options ?? new());

    /// <summary>How many bytes hearing a live stream takes at most beside the weights.</summary>
    /// <param name="options">What comes.</param>
    public long EstimateMemory(LiveOptions options) => RecognitionMemory.Estimate(Model, options);

    /// <summary>
    /// Gives back the memory that is kept from one recognition for the next, for a program that now waits. The next recognition
    /// takes it again, which costs it a few milliseconds.
    /// </summary>
    public void ReleaseMemory() => Model.ReleaseMemory();

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    private void AddWhole(ReadOnlyMemory<float> whole, RecognitionOptions options, RecognitionBuilder result, CancellationToken ct)
    {
        var speech = SpeechExcerpt.Of(whole.Span, options.Segmentation);
        var isHeard = speech.Length >= Model.MinSamples;
        if (isHeard && options.SkipsSilence(Model))
        {
            result.AddExcerpt(speech, Model.RunSpeech(speech.Join(), ct));
            return;
        }
        result.AddWhole(Model.Run(whole, ct), (double)speech.Length / whole.Length);
        if (isHeard && result.IsMostlySilent)
            result.AddSpeechOnly(Model.RunSpeech(speech.Join(), ct));
    }

    private void AddSegments(
        HeardRecording heard, IReadOnlyList<string> roles, RecognitionOptions options, RecognitionBuilder result, CancellationToken ct)
    {
        var recognizer = new SegmentRecognizer(Model, Labels);
        result.BeginSegments(roles);
        // Speech that fits is processed at once here too, so that the answer is the same however long the silence is.
        var excerpt = options is { Segments: RecordingSegments.Auto, Channels: RecordingChannels.Mix } && options.SkipsSilence(Model)
            ? new SpeechExcerpt(HeardRecording.WholeSamples)
            : null;
        var segments = heard.Segments(options.Segmentation, excerpt).HeldWhile(() => excerpt is { IsTooLong: false })
            .SelectOrdered(RecognitionMemory.SegmentsAtOnce(Model), item => (item.Lane, Parts: recognizer.Recognize(item.Segment, ct)));
        foreach (var (lane, parts) in segments)
            result.Add(lane, parts, counts: excerpt is not { IsTooLong: false });
        if (excerpt is { IsTooLong: false } && excerpt.Length >= Model.MinSamples)
            result.AddExcerpt(excerpt, Model.RunSpeech(excerpt.Join(), ct));
        if (result.IsEmpty)
            result.AddWithoutSpeech(Model.Run(heard.Beginning, ct));
    }
}
