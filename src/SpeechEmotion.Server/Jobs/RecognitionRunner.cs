using System.Globalization;
using Microsoft.Extensions.Options;
using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Jobs;

/// <summary>Runs a recognition, from the recording to the result folder, and writes its log.</summary>
public sealed class RecognitionRunner(
    RecognizerPool recognizers, MeasuredInference inference, MemoryBudget memory, DiskBudget disk, RecognitionHistory history,
    ServerFolder folders, UploadStore uploads, IFileStore files, IOptions<ServerOptions> options, TimeProvider time,
    ILogger<RecognitionRunner> logger)
{
    private readonly AudioLimits _limits = AudioLimits.Default with { MaxDuration = TimeSpan.FromHours(options.Value.MaxHours) };

    /// <summary>Logs the arrival of a recording.</summary>
    internal void Announce(RecognitionJob job)
    {
        Info(job, $"Received audio file: {job.Request.Recording.Name}");
        if (recognizers.State is ModelState.Loading)
            Info(job, "The model is being loaded; the recognition starts as soon as it is ready");
    }

    /// <summary>Runs the recognition on the calling thread.</summary>
    /// <returns>The result and its folder.</returns>
    /// <exception cref="SpeechEmotionException">The recognition failed.</exception>
    internal async Task<SavedRecognition> RunAsync(RecognitionJob job, CancellationToken ct)
    {
        var file = await uploads.BringAsync(job.Request.Recording, ct);
        try
        {
            return await RunAsync(job, file.Path, ct);
        }
        finally
        {
            if (!job.Request.Recording.IsHere)
                file.Discard();
        }
    }

    private async Task<SavedRecognition> RunAsync(RecognitionJob job, string path, CancellationToken ct)
    {
        var (recording, options, model) = job.Request;
        using var recognizer = await recognizers.RentAsync(model, ct);
        using var reader = AudioFile.Open(path, recording.Name, _limits, ct);
        Describe(job, reader.Format);
        using var share = await memory.TakeAsync(recognizer.Value.EstimateMemory(reader.Format.Duration, options) ?? memory.Limit, ct);
        using var space = disk.TakeResult(OutputSize.Estimate(
            reader.Format.Duration ?? TimeSpan.Zero, options.Granularity, options.Embedding ? recognizer.Value.Model.Dimension : 0));
        var started = time.GetTimestamp();
        using var folder = OutputFolder.Create(
            folders.Results,
            new()
            {
                Embedding = options.Embedding,
                Source = recording.Name,
                Owner = folders.Program,
                IsUnique = files.IsElsewhere,
            },
            time);
        Info(
            job,
            $"Recognizing with {recognizer.Value.Model.Identity.Id} ({recognizer.Value.Model.Identity.Precision}), "
                + $"granularity: {options.Granularity.Key()}");
        // A recording that is processed as a whole is read completely before inference, so reading it says nothing about the progress.
        var sink = new ProgressSink(
            folder, space, options.Embedding, job, options.Segments == SegmentationMode.Never ? null : reader.Format.Duration);
        var result = inference.Run(recognizer, reader, options with { Limits = _limits, Sink = sink }, isOfBatch: false, ct);
        SavedRecognition saved;
        using (ServerTraces.Part("store"))
        {
            saved = folder.Commit(result);
            space.Keep(OutputSize.Of(saved.Folder));
            await StoreAsync(job.Current.Document with { Folder = Path.GetFileName(saved.Folder) }, saved.Folder, ct);
        }
        Conclude(job, saved, time.GetElapsedTime(started));
        return saved;
    }

    /// <summary>Logs a failure: the message in the recognition's log, and all details of an unexpected one in the server's log.</summary>
    internal void Report(RecognitionJob job, SpeechEmotionException error, Exception cause)
    {
        // A failure of the server's own model was already logged when loading failed; it is rethrown as the cause itself.
        if (error.Code == "server.unexpected" && !ReferenceEquals(error, cause))
            Log.Unexpected(logger, cause);
        Log.Failed(logger, job.Id, error.Code, error.Message);
        job.AddLine("ERROR", $"{error.TextIn("en")} [{error.Code}]");
    }

    /// <summary>Writes the recognition to the history. The files of a result that the history does not accept are deleted.</summary>
    internal async Task<RecordOutcome> RecordAsync(RecognitionDocument document, Timeline? timeline = null)
    {
        try
        {
            var isStored = await history.SaveAsync(document, timeline, CancellationToken.None);
            if (!isStored && document.Folder is not null)
            {
                Log.ResultDropped(logger, document.Id);
                _ = TryDeleteAsync(document);
            }
            return isStored ? RecordOutcome.Stored : RecordOutcome.Lost;
        }
        catch (Exception e)
        {
            // Catch every failure: callers that wait for the recognition must not wait forever.
            Log.NotRecorded(logger, document.Id, e);
            return RecordOutcome.Failed;
        }
    }

    /// <summary>Stores the result where other programs find it. One that cannot be stored is deleted.</summary>
    private async Task StoreAsync(RecognitionDocument document, string folder, CancellationToken ct)
    {
        var isStored = false;
        try
        {
            await files.KeepFolderAsync(folder, ct);
            isStored = true;
        }
        finally
        {
            if (!isStored)
                _ = TryDeleteAsync(document);
        }
    }

    private async Task TryDeleteAsync(RecognitionDocument document)
    {
        try
        {
            await history.DeleteFilesAsync(document, CancellationToken.None);
        }
        catch (Exception e) when (e is SpeechEmotionException or ObjectDisposedException)
        {
            Log.NotRecorded(logger, document.Id, e);
        }
    }

    private void Describe(RecognitionJob job, AudioFormat format)
    {
        if (format.Duration is { } known)
            job.Update(now => now with { Document = now.Document with { Duration = known.TotalSeconds }, Progress = 0 });
        var duration = format.Duration is { } length
            ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:F2}s")
            : "unknown";
        Info(job, string.Create(
            CultureInfo.InvariantCulture,
            $"File size: {job.Request.Recording.Size / 1e6:F1} MB | Duration: {duration} | Sample rate: {format.SampleRate} Hz"));
        Info(job, $"Format: {format.Container}, {format.Codec}, {format.Channels} channel(s), decoded by {format.Decoder}, "
            + $"resampled to {SampleRate.Hz} Hz mono");
    }

    private void Conclude(RecognitionJob job, SavedRecognition saved, TimeSpan took)
    {
        var result = saved.Recognition;
        foreach (var note in result.Quality)
        {
            Log.Quality(logger, job.Id, note.Text);
            job.AddLine("WARNING", note.Text);
        }
        Info(job, string.Create(
            CultureInfo.InvariantCulture, $"Emotion: {result.Headline.TextIn("en")} | Time: {took.TotalSeconds:F2}s"));
        Info(job, $"Results saved to: {folders.ResultsName}/{Path.GetFileName(saved.Folder)}");
    }

    private void Info(RecognitionJob job, string message)
    {
        Log.Recognition(logger, job.Id, message);
        job.AddLine("INFO", message);
    }
}
