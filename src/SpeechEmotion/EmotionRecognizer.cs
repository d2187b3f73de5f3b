using System.Runtime.CompilerServices;
using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;

namespace SpeechEmotion;

/// <summary>
/// The whole pipeline: recording, 16 kHz waveform, windows, frames, emotion. Load once and share: it is thread-safe, and
/// every caller runs over the same loaded model.
/// </summary>
/// <param name="model">The model; the recognizer disposes it.</param>
public sealed class EmotionRecognizer(IEmotionModel model) : IDisposable
{
    /// <summary>The loaded model.</summary>
    public IEmotionModel Model { get; } = model;

    /// <summary>
    /// The longest part of a recording that the model hears at once; memory grows with it, and not with the recording.
    /// </summary>
    /// <param name="recording">Its length; null where it is not known.</param>
    public static TimeSpan HeardAtOnce(TimeSpan? recording) => AnalysisWindows.Heard(recording);

    /// <summary>Finds a model on this machine (<see cref="ModelSearch"/>), imports it if that is needed, and loads it.</summary>
    /// <exception cref="ModelException">There is no such model, or it is damaged.</exception>
    /// <exception cref="CheckpointException">The model's own files are not what they should be.</exception>
    public static EmotionRecognizer Load(
        RecognizerOptions? options = null, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        options ??= new();
        var folder = ModelSearch.Default.Resolve(options.Model, options.ModelDirectory, progress, ct);
        return new(OnnxEmotionModel.Load(folder, options.Load));
    }

    /// <summary>Recognises a file.</summary>
    /// <exception cref="AudioException">The file is missing, damaged, empty or of an unknown kind.</exception>
    /// <exception cref="ModelException">The model gives no emotions, or could not compute.</exception>
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
        var meter = new SoundMeter();
        using var waveform = new WaveformReader(recording, meter.AddDecoded);
        var result = new RecognitionBuilder(Model, options);
        foreach (var window in AnalysisWindows.Split(waveform, Model.MinSamples, ct))
        {
            meter.AddWaveform(window.NewSamples.Span);
            options.Sink?.Waveform(window.NewSamples.Span);
            result.Add(window, Model.Run(window.Samples, ct));
        }
        return result.Build(waveform, meter);
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

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
