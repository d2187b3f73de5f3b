using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Processes one item of a batch.</summary>
public sealed class ItemRunner(
    BatchStore batches, InstallationCheck installation, RecognizerPool recognizers, MeasuredInference inference, MemoryBudget memory,
    ItemMetrics metrics, TimeProvider time, ILogger<ItemRunner> logger)
{
    /// <summary>Pauses before further attempts to read a file: a network drive may not answer for a moment.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <summary>The engine stops after this many consecutive failures that the recordings do not cause.</summary>
    private const int MostFailures = 5;

    private int _failures;

    /// <summary>Recognizes the recording, or copies the result of another one with the same bytes.</summary>
    /// <returns>The outcome, which may be an error.</returns>
    /// <exception cref="RequestException">
    /// <c>batch.source_lost</c>: the folder of the recording has disappeared. <c>batch.other_model</c>: another model began the batch.
    /// <c>batch.no_model</c>: the model cannot be loaded.
    /// </exception>
    /// <exception cref="SpeechEmotionException">
    /// Several recordings in a row failed for a reason that is not theirs, or the database cannot be used.
    /// </exception>
    internal async Task<BatchOutcomeEntry> RunAsync(BatchTask task, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var outcome = await OutcomeOfAsync(task, ct);
        Describe(Activity.Current, outcome);
        metrics.Record(outcome, time.GetElapsedTime(started));
        return outcome;
    }

    private async Task<BatchOutcomeEntry> OutcomeOfAsync(BatchTask task, CancellationToken ct)
    {
        if (task.Failure is { } failure)
            return Fail(task, failure);
        if ((task.Known ?? await FindSameAsync(task, ct)) is { } same)
        {
            var copy = Copy(same, task.Item);
            task.Claim?.Complete(copy);
            return copy;
        }
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var outcome = await RecognizeAsync(task, ct);
                _failures = 0;
                task.Claim?.Complete(outcome);
                return outcome;
            }
            catch (AudioException e) when (e.Code == "audio.not_readable" && attempt < Pauses.Length)
            {
                await Task.Delay(Pauses[attempt], time, ct);
            }
            catch (AudioException e) when (e.Code is "audio.not_readable" or "audio.not_found" && IsLost(task))
            {
                throw BatchErrors.SourceLost(task.Item.Name);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && IsOfRecording(e))
            {
                return Fail(task, e);
            }
        }
    }

    /// <summary>Describes an item in its span, without the name of its file.</summary>
    private static void Describe(Activity? span, BatchOutcomeEntry outcome)
    {
        span?.SetTag("ser.item.number", outcome.Number).SetTag("ser.emotion", outcome.Emotion?.Key())
            .SetTag("ser.audio.seconds", outcome.Duration).SetTag("ser.item.same_as", outcome.SameAs);
        if (outcome.Code is { } code)
            span?.Fail(code);
    }

    /// <summary>Whether a failure belongs to the recording, and not to its batch or to the database.</summary>
    private static bool IsOfRecording(Exception e) => !BatchErrors.Pauses(e) && e is not OutputException
        && (e is not RequestException known || !known.Code.StartsWith(HistoryErrors.Prefix, StringComparison.Ordinal));

    private static Task<BatchOutcomeEntry?> FindSameAsync(BatchTask task, CancellationToken ct) =>
        task.Claim?.FindAsync(ct) ?? Task.FromResult<BatchOutcomeEntry?>(null);

    /// <summary>
    /// Whether the recording's folder, which the current reading of the sources has found, has disappeared, or is empty as the mount
    /// point of a lost drive is. A folder that only an earlier reading found was removed on purpose.
    /// </summary>
    private bool IsLost(BatchTask task)
    {
        // A copy of this program, or a file at an address.
        if (task.Fetched is not null)
            return false;
        if (!installation.IsHere)
            return true;
        var folder = new DirectoryInfo(Path.GetDirectoryName(task.Item.Location)!);
        return task.Item.Pass == task.Run.Batch.Pass && task.Item.Size is not null
            && (!folder.Exists || !folder.EnumerateFileSystemInfos().Any());
    }

    private async Task<BatchOutcomeEntry> RecognizeAsync(BatchTask task, CancellationToken ct)
    {
        var item = task.Item;
        var options = task.Run.Options.ForRecording();
        // The features of all frames would take 0.7 GB an hour.
        var mean = options is { Embedding: true, Granularity: Granularity.Frame } ? new UtteranceMean() : null;
        using var recognizer = await RentAsync(task.Run.Options.Model, ct);
        await RequireModelAsync(task.Run.Batch, BatchStore.ModelOf(recognizer.Value.Model.Identity), ct);
        using var reader = AudioFile.Open(task.Path, item.Name, options.Limits, ct);
        using var share = await memory.TakeAsync(recognizer.Value.EstimateMemory(reader.Format.Duration, options) ?? memory.Limit, ct);
        var result = inference.Run(recognizer, reader, options with { Sink = mean }, isOfBatch: true, ct);
        var headline = result.Headline;
        return new()
        {
            BatchId = item.BatchId,
            Number = item.Number,
            Succeeded = true,
            Emotion = result.Emotion,
            Dominant = headline.Segments is null ? null : headline.Emotion,
            Share = headline.Segments is null ? null : headline.Scores[headline.Emotion],
            Secondary = headline.Secondary,
            Confidence = result.Confidence,
            Duration = result.Duration.TotalSeconds,
            Digest = result.Provenance.Source?.Sha256 ?? task.Claim?.Digest,
            Completed = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Document = DocumentOf(item.Name, result),
            Embedding = mean is null ? BytesOf(result.Embedding?.Values) : BytesOf(mean.Value),
        };
    }

    private async Task<RecognizerLease> RentAsync(string? model, CancellationToken ct)
    {
        try
        {
            return await recognizers.RentAsync(model, ct);
        }
        catch (SpeechEmotionException missing)
        {
            throw BatchErrors.NoModel(missing);
        }
    }

    /// <summary>
    /// Requires the model that began the batch: its files may have been replaced, and a restart may have changed the precision.
    /// </summary>
    private async Task RequireModelAsync(BatchEntry batch, string model, CancellationToken ct)
    {
        batch.Model ??= await batches.ClaimModelAsync(batch.Id, model, ct);
        if (batch.Model is { } begun && begun != model)
            throw BatchErrors.ModelChanged(begun, model);
    }

    private BatchOutcomeEntry Copy(BatchOutcomeEntry same, BatchItemEntry item)
    {
        var document = JsonNode.Parse(same.Document!)!;
        document["file"] = item.Name;
        return new()
        {
            BatchId = item.BatchId,
            Number = item.Number,
            Succeeded = true,
            Emotion = same.Emotion,
            Dominant = same.Dominant,
            Share = same.Share,
            Secondary = same.Secondary,
            Confidence = same.Confidence,
            Duration = same.Duration,
            Digest = same.Digest,
            SameAs = same.SameAs ?? same.Number,
            Completed = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Document = document.ToJsonString(BatchRowsContext.Readable.Options),
            Embedding = same.Embedding,
        };
    }

    private BatchOutcomeEntry Fail(BatchTask task, Exception cause)
    {
        var error = ProblemAnswers.Known(cause);
        if (error.Code == "server.unexpected")
            Log.Unexpected(logger, cause);
        // A lost device or model file would fail the rest of the batch within seconds.
        if (error.Code is "server.unexpected" or "model.run_failed" && Interlocked.Increment(ref _failures) >= MostFailures)
            throw error;
        var outcome = BatchErrors.OutcomeOf(task.Item.BatchId, task.Item.Number, error, time.GetUtcNow().ToUnixTimeMilliseconds());
        outcome.Digest = task.Claim?.Digest;
        return outcome;
    }

    private static string DocumentOf(string name, Recognition result)
    {
        using var line = new MemoryStream();
        RecognitionJson.WriteLine(line, name, result);
        return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length - 1);
    }

    private static byte[]? BytesOf(ReadOnlyMemory<float>? values) =>
        values is { } floats ? MemoryMarshal.AsBytes(floats.Span).ToArray() : null;
}
