using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Outputs;

/// <summary>
/// The output folder of one recognition: <c>processed_audio.wav</c> (the sound that the model processed: 16 kHz, mono, 16 bits),
/// <c>result.json</c>, <c>timeline.csv</c> if there is a timeline and, on request, <c>embedding.npy</c> and the timeline in other
/// formats. If the embedding of frames was computed by segments, <c>embedding_times.npy</c> gives the time of each row. The files
/// are written during the recognition, with one block in memory, and the folder appears complete or not at all. Not thread-safe;
/// any number of folders can be written under one root at once.
/// </summary>
public sealed class OutputFolder : IRecognitionSink, IDisposable
{
    private readonly PartialFolder _folder;
    private readonly OutputOptions _options;
    private readonly TimeProvider _time;
    private readonly WavWriter _waveform;
    private NpyWriter<float>? _embedding;
    private int _dimension;
    private bool _closed;

    private OutputFolder(PartialFolder folder, WavWriter waveform, OutputOptions options, TimeProvider time)
    {
        _folder = folder;
        _waveform = waveform;
        _options = options;
        _time = time;
    }

    /// <summary>Begins a folder; it is not visible under <paramref name="root"/> until <see cref="Commit"/>.</summary>
    /// <param name="root">The folder of all outputs, created if missing. Output of earlier runs is not touched.</param>
    /// <param name="options">The contents of the folder; null for the defaults.</param>
    /// <param name="time">The clock whose local time names the folder; null for the system clock.</param>
    /// <exception cref="OutputException">
    /// <c>output.not_writable</c>: the root is not a folder or may not be written to; <c>output.disk_full</c>.
    /// </exception>
    public static OutputFolder Create(string root, OutputOptions? options = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        time ??= TimeProvider.System;
        options ??= new();
        if (options.ExpectedBytes > 0 && DiskSpace.FreeAt(root) is var free && free < options.ExpectedBytes)
            throw OutputErrors.NoRoom(root, options.ExpectedBytes, free);
        var folder = PartialFolder.Create(root, options.Owner, time);
        try
        {
            var waveform = new WavWriter(Path.Combine(folder.Path, ResultFiles.ProcessedAudio));
            return new(folder, waveform, options, time);
        }
        catch (OutputException)
        {
            folder.Delete();
            throw;
        }
    }

    /// <summary>
    /// Removes the hidden, unfinished folders that crashed processes left under <paramref name="root"/> more than a day ago. Reads
    /// the whole root, so call it at the start of a program rather than for every recording.
    /// </summary>
    /// <param name="root">The folder of all outputs; it need not exist.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    /// <exception cref="OutputException"><c>output.not_writable</c>: the root is not a folder.</exception>
    public static void RemoveAbandoned(string root, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        PartialFolder.RemoveAbandoned(root, (time ?? TimeProvider.System).GetUtcNow());
    }

    /// <summary>
    /// Removes the unfinished folders of an owner's earlier runs, whatever their age. Only for a program that is certain to be the
    /// only one of that owner under <paramref name="root"/>; the unfinished folders of other owners remain.
    /// </summary>
    /// <param name="root">The folder of all outputs; it need not exist.</param>
    /// <param name="owner">The owner, as in <see cref="OutputOptions.Owner"/>.</param>
    /// <exception cref="OutputException"><c>output.not_writable</c>: the root is not a folder.</exception>
    internal static void RemoveUnfinished(string root, string owner)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ArgumentException.ThrowIfNullOrWhiteSpace(owner);
        PartialFolder.RemoveOwned(root, owner);
    }

    /// <inheritdoc/>
    /// <exception cref="OutputException">
    /// <c>output.disk_full</c>, <c>output.not_writable</c>, or <c>output.too_large</c>: more than 37 hours.
    /// </exception>
    public void Waveform(ReadOnlySpan<float> samples)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _waveform.Write(samples);
    }

    /// <inheritdoc/>
    /// <exception cref="OutputException"><c>output.disk_full</c> or <c>output.not_writable</c>.</exception>
    public void Frames(ReadOnlySpan<float> features, int dimension)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (features.Length % dimension != 0 || (_embedding is not null && dimension != _dimension))
        {
            throw new ArgumentException(
                $"Whole rows of one length are needed; got {features.Length} values of {dimension}.", nameof(features));
        }
        if (!_options.Embedding)
            return;
        _dimension = dimension;
        _embedding ??= NewEmbedding();
        _embedding.Write(features);
    }

    /// <summary>Writes the result and gives the folder its name, <c>outputs_YYYYMMDD_HHMMSS</c> by local time.</summary>
    /// <param name="recognition">
    /// The result. If an embedding was requested and no frames were streamed, it must contain the embedding.
    /// </param>
    /// <returns>The folder and the stored result. If the name is taken, <c>_2</c>, <c>_3</c>, ... is appended to it.</returns>
    /// <exception cref="OutputException"><c>output.disk_full</c> or <c>output.not_writable</c>: nothing was written.</exception>
    /// <exception cref="InvalidOperationException">An embedding was requested and there is none.</exception>
    public SavedRecognition Commit(Recognition recognition)
    {
        ArgumentNullException.ThrowIfNull(recognition);
        ObjectDisposedException.ThrowIf(_closed, this);
        var now = _time.GetLocalNow();
        recognition = recognition with { Provenance = recognition.Provenance with { ProcessedAudio = _waveform.Finish() } };
        if (_options.Embedding)
            FinishEmbedding(recognition);
        ResultJson.Write(Path.Combine(_folder.Path, ResultFiles.Result), recognition, now, _options.Source);
        if (recognition.Timeline is { } timeline)
            WriteTimeline(timeline, recognition.Duration);
        Close(); // Windows does not rename a folder with open files in it.
        try
        {
            return new(_folder.Publish(now, _options.IsUnique), recognition);
        }
        catch (OutputException)
        {
            _folder.Delete();
            throw;
        }
    }

    /// <summary>Removes everything that was written, unless <see cref="Commit"/> was called.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        Close();
        _folder.Delete();
    }

    private void WriteTimeline(Timeline timeline, TimeSpan duration)
    {
        foreach (var format in _options.Exports.Prepend(TimelineFormat.Csv).Distinct())
        {
            NewFile.Write(
                Path.Combine(_folder.Path, format.FileName()),
                file => TimelineFile.Write(file, timeline, format, duration, _options.Language));
        }
    }

    private void FinishEmbedding(Recognition recognition)
    {
        if (_embedding is null)
        {
            var embedding = recognition.Embedding
                ?? throw new InvalidOperationException("An embedding was requested, and the recognition contains none.");
            _dimension = embedding.Dimension;
            _embedding = NewEmbedding();
            _embedding.Write(embedding.Values.Span);
        }
        if (recognition.Granularity == Granularity.Frame)
            _embedding.FinishRows(_dimension);
        else
            _embedding.FinishVector();
        if (recognition is { Timeline: not null, Frames: { } frames })
            WriteTimes([.. frames.Where(frame => frame.Scores is not null).Select(frame => frame.Start)]);
    }

    /// <summary>Silence has no row, so the index of a row does not determine its time.</summary>
    private void WriteTimes(double[] starts)
    {
        using var file = new NpyWriter<double>(Path.Combine(_folder.Path, ResultFiles.EmbeddingTimes));
        file.Write(starts);
        file.FinishVector();
    }

    private NpyWriter<float> NewEmbedding() => new(Path.Combine(_folder.Path, ResultFiles.Embedding));

    private void Close()
    {
        _closed = true;
        _waveform.Dispose();
        _embedding?.Dispose();
    }
}
