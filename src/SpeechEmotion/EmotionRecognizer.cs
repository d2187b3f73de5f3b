using System.Runtime.CompilerServices;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Quality;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion;

/// <summary>
/// The whole pipeline: it turns a recording into a 16 kHz waveform, segments of speech, frames and emotions. Load it once and
/// share it: it is thread-safe, and all callers use the same loaded model.
/// </summary>
/// <param name="model">The model; the recognizer disposes it.</param>
public sealed class EmotionRecognizer(IEmotionModel model) : IDisposable
{
    /// <summary>The loaded model.</summary>
    public IEmotionModel Model { get; } = model;

    /// <summary>
    /// Why the int8 form of the model is missing or not certified for this machine, if <see cref="ModelPrecision.Int8"/> or
    /// <see cref="ModelPrecision.Auto"/> was requested; null if there is no objection.
    /// </summary>
    public Int8Fault? Int8Fault { get; private init; }

    /// <summary>The device that runs the model: <see cref="ComputeDevice.Cpu"/> or <see cref="ComputeDevice.Cuda"/>.</summary>
    public ComputeDevice Device => Model.Device;

    /// <summary>
    /// Why the CPU runs the model, if <see cref="ComputeDevice.Cuda"/> or <see cref="ComputeDevice.Auto"/> was requested; null if
    /// there is no such reason.
    /// </summary>
    public DeviceFault? DeviceFault { get; private init; }

    internal LabelSet Labels => Model.Labels ?? throw RecognitionErrors.FeaturesOnly(Model.Identity.Id);

    /// <summary>Finds a model on this machine (<see cref="ModelSearch"/>), imports it if necessary, and loads it.</summary>
    /// <exception cref="ModelException">The model does not exist, or is damaged.</exception>
    /// <exception cref="CheckpointException">The model's own files are invalid.</exception>
    public static EmotionRecognizer Load(
        RecognizerOptions? options = null, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        options ??= new();
        var original = ModelSearch.Default.Resolve(options.Model, options.ModelDirectory, progress, ct);
        var choice = new Int8Conversion(ModelStore.Default).Choose(original, options.Precision, progress, ct);
        var model = OnnxEmotionModel.Load(choice.Folder, options.Load);
        return new(model) { Int8Fault = choice.Fault, DeviceFault = model.DeviceFault };
    }

    /// <summary>Recognizes a file.</summary>
    /// <exception cref="AudioException">The file is missing, damaged, empty or of an unknown kind.</exception>
    /// <exception cref="ModelException">
    /// The model has no emotions, could not compute, or cannot process the whole recording (<c>model.too_long</c>).
    /// </exception>
    public Recognition Recognize(string path, RecognitionOptions? options = null, CancellationToken ct = default) =>
        Recognize(AudioFile.Open(path, options?.Limits, ct), options, ct);

    /// <summary>Recognizes a recording from a stream, in any format that a file may have.</summary>
    /// <inheritdoc cref="Recognize(string, RecognitionOptions?, CancellationToken)"/>
    public Recognition Recognize(Stream recording, RecognitionOptions? options = null, CancellationToken ct = default) =>
        Recognize(AudioFile.Open(recording, "audio", options?.Limits, ct), options, ct);

    /// <summary>Recognizes samples in memory: float32, nominally in [-1, 1], interleaved.</summary>
    /// <inheritdoc cref="Recognize(string, RecognitionOptions?, CancellationToken)"/>
    public Recognition Recognize(
        ReadOnlyMemory<float> samples, int sampleRate, int channels = 1,
        RecognitionOptions? options = null, CancellationToken ct = default) =>
        Recognize(new SampleReader(samples, sampleRate, channels), options, ct);

    /// <summary>Recognizes an opened recording, and closes it.</summary>
    /// <inheritdoc cref="Recognize(string, RecognitionOptions?, CancellationToken)"/>
    public Recognition Recognize(IAudioReader recording, RecognitionOptions? options = null, CancellationToken ct = default)
    {
        options ??= new();
        if (options is { Granularity: Granularity.Frame, Channels: ChannelMode.Split })
            throw new ArgumentException("Frames need mixed channels: mix the channels, or request the utterance.", nameof(options));
        var meter = new SoundMeter();
        using var waveform = new WaveformReader(recording, meter.AddDecoded, options.Channels == ChannelMode.Split);
        // Runs beside the recognition: it reads the bytes a second time, which costs no waiting time.
        using var digest = SourceDigest.Begin(recording, ct);
        var buffer = new WaveformBuffer(waveform, meter, options.Sink, ct);
        var roles = buffer.Roles(options);
        var result = new RecognitionBuilder(Model, Labels, options);
        if (buffer.Whole(Model, options) is { } whole)
            AddWhole(whole, options, result, ct);
        else
            AddSegments(buffer, new(Model, Labels, options.Segmentation, roles), options, result, ct);
        return result.Build(waveform, buffer.Samples, meter, digest);
    }

    /// <summary>
    /// Recognizes many files with the one loaded model. Results are returned in the order of the files; a file that cannot be
    /// recognized yields its error and does not stop the others.
    /// </summary>
    /// <exception cref="ArgumentException">The options have a sink, which cannot distinguish the files.</exception>
    public IAsyncEnumerable<FileRecognition> RecognizeManyAsync(
        IEnumerable<string> paths, RecognitionOptions? options = null, CancellationToken ct = default) =>
        RecognizeManyAsync(paths.Select(path => new RecordingInput(path)), options, ct: ct);

    /// <summary>Recognizes many recordings in files and streams; optionally writes an output folder for each.</summary>
    /// <param name="inputs">The recordings.</param>
    /// <param name="options">How to recognize them.</param>
    /// <param name="outputRoot">The folder that receives the output folders; null to write none.</param>
    /// <param name="output">The contents of the folders; size, embedding and source are set for each recording.</param>
    /// <param name="ct">Cancels between two operators of the model.</param>
    /// <inheritdoc cref="RecognizeManyAsync(IEnumerable{string}, RecognitionOptions?, CancellationToken)"/>
    public async IAsyncEnumerable<FileRecognition> RecognizeManyAsync(
        IEnumerable<RecordingInput> inputs, RecognitionOptions? options = null, string? outputRoot = null, OutputOptions? output = null,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        options ??= new();
        if (options.Sink is not null)
            throw new ArgumentException("A sink takes one recording, not many.", nameof(options));
        foreach (var input in inputs)
            yield return await Task.Run(() => RecognizeOne(input, options, outputRoot, output ?? new(), ct), ct);
    }

    /// <summary>
    /// Estimates the most bytes that recognizing a recording takes in addition to the weights, for a host that runs several
    /// recognitions at once.
    /// </summary>
    /// <param name="duration">The length of the recording; null if unknown.</param>
    /// <param name="options">
    /// The options of the recognition. Frame features are not counted: they belong in a <see cref="RecognitionOptions.Sink"/>.
    /// </param>
    /// <returns>Null if nothing bounds it: the model is to process a recording of unknown length as a whole.</returns>
    public long? EstimateMemory(TimeSpan? duration, RecognitionOptions? options = null) =>
        MemoryEstimate.OfRecording(Model, duration, options ?? new());

    /// <summary>
    /// Releases the memory that is kept from one recognition for the next, for a program that becomes idle. The next recognition
    /// allocates it again, which takes a few milliseconds.
    /// </summary>
    public void ReleaseMemory() => Model.ReleaseMemory();

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    private FileRecognition RecognizeOne(
        RecordingInput input, RecognitionOptions options, string? outputRoot, OutputOptions output, CancellationToken ct)
    {
        try
        {
            using var stream = input.OpenStream();
            using var recording = stream is null
                ? AudioFile.Open(input.Name, options.Limits, ct) : AudioFile.Open(stream, "audio", options.Limits, ct);
            if (outputRoot is null)
                return new(input.Name, Recognize(recording, options, ct), null, null);
            using var folder = OutputFolder.Create(outputRoot, output with
            {
                ExpectedBytes = OutputSize.Estimate(
                    recording.Format.Duration ?? TimeSpan.Zero, options.Granularity, options.Embedding ? Model.Dimension : 0),
                Embedding = options.Embedding,
                Source = stream is null ? Path.GetFileName(input.Name) : null,
            });
            var saved = folder.Commit(Recognize(recording, options with { Sink = folder }, ct));
            return new(input.Name, saved.Recognition, saved.Folder, null);
        }
        catch (SpeechEmotionException e)
        {
            return new(input.Name, null, null, e);
        }
    }

    private void AddWhole(ReadOnlyMemory<float> whole, RecognitionOptions options, RecognitionBuilder result, CancellationToken ct)
    {
        var speech = SpeechExcerpt.Of(whole.Span, options.Segmentation);
        var isLongEnough = speech.Length >= Model.MinSamples;
        if (isLongEnough && options.SkipsSilence(Model))
        {
            result.AddExcerpt(speech, Model.RunSpeech(speech.Join(), ct));
            return;
        }
        result.AddWhole(Model.Run(whole, ct), (double)speech.Length / whole.Length);
        if (isLongEnough && result.IsMostlySilent)
            result.AddSpeechOnly(Model.RunSpeech(speech.Join(), ct));
    }

    private void AddSegments(
        WaveformBuffer buffer, SegmentPipeline pipeline, RecognitionOptions options, RecognitionBuilder result, CancellationToken ct)
    {
        result.AddTimeline(pipeline);
        // Speech that fits is processed at once here too, so that the answer does not depend on the length of the silence.
        var excerpt = options is { Segments: SegmentationMode.Auto, Channels: ChannelMode.Mix } && options.SkipsSilence(Model)
            ? new SpeechExcerpt(WaveformBuffer.WholeSamples)
            : null;
        var segments = Excerpted(pipeline.Push(buffer.Blocks()), excerpt).HeldWhile(() => excerpt is { IsTooLong: false })
            .SelectOrdered(MemoryEstimate.SegmentsAtOnce(Model), item => (item.Channel, Spans: pipeline.Recognize(item.Segment, ct)));
        foreach (var (channel, spans) in segments)
            result.Add(channel, spans, counts: excerpt is not { IsTooLong: false });
        if (excerpt is { IsTooLong: false } && excerpt.Length >= Model.MinSamples)
            result.AddExcerpt(excerpt, Model.RunSpeech(excerpt.Join(), ct));
        if (result.IsEmpty)
            result.AddWithoutSpeech(Model.Run(buffer.Beginning, ct));
    }

    private static IEnumerable<(int Channel, SpeechSegment Segment)> Excerpted(
        IEnumerable<(int Channel, SpeechSegment Segment)> segments, SpeechExcerpt? excerpt)
    {
        foreach (var item in segments)
        {
            excerpt?.Add(item.Segment);
            yield return item;
        }
    }
}
