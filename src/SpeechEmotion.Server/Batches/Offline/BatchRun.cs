using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Engine;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Batches.Offline;

/// <summary>Processes the batch of an output folder: begins or resumes it, waits for its end, and exports it.</summary>
internal sealed class BatchRun(
    InstallationCheck installation, BatchStore batches, BatchDeletion deletion, BatchIntake intake,
    BatchReader reader, RecognizerPool recognizers, BatchEngine engine, BatchExport export, RecognitionLeases recognitions,
    UploadStore uploads, ServerFolder folder, TimeProvider time)
{
    /// <summary>The key of the command's batch: an output folder has at most one.</summary>
    private const string Key = "ser batch";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>A read that blocks, as of standard input, does not end when it is cancelled.</summary>
    private static readonly TimeSpan ReadingEnd = TimeSpan.FromSeconds(1);

    /// <summary>Runs the batch.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="sources">The sources, as the user wrote them.</param>
    /// <param name="display">Shows the progress.</param>
    /// <param name="stop">Stops after the running recordings.</param>
    /// <param name="abort">Cancels the running recordings, too.</param>
    /// <returns>The exit code of the command.</returns>
    /// <exception cref="SpeechEmotionException">The batch cannot begin, or cannot go on; it can be resumed.</exception>
    public async Task<int> RunAsync(
        BatchRequest request, string[] sources, BatchDisplay display, CancellationToken stop, CancellationToken abort)
    {
        await installation.OpenAsync(stop);
        // What an earlier run fetched; a server may have left recordings that its next start recognizes.
        await uploads.DeleteExceptAsync(await recognitions.ListUploadsAsync(stop), stop);
        // Nothing is created or discarded before sources and model are known to work.
        var opened = reader.Open(request, sources, stop);
        var model = await LoadModelAsync(stop);
        var batch = await FindAsync(request, model, stop);
        display.Model(model);
        await batches.ResumeAsync(batch.Id, stop);
        display.Begin(await batches.ReadProgressAsync(batch.Id, stop));
        engine.Stored += display.Add;
        engine.Stored += RemoveUnpacked;
        await engine.StartAsync(stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Task.Run(() => reader.ReadAsync(batch, opened, request.RetryFailed, end.Token), CancellationToken.None);
        try
        {
            await WaitAsync(batch.Id, reading, display, stop);
        }
        finally
        {
            await engine.StopAsync(abort);
            await end.CancelAsync();
            await Task.WhenAny(reading, Task.Delay(ReadingEnd, time, CancellationToken.None));
            await recognizers.StopAsync(CancellationToken.None);
        }
        stop.ThrowIfCancellationRequested();
        var badRows = opened.Metadata?.BadRows ?? 0;
        await export.WriteAllAsync(batch.Id, folder.Output, new() { Language = request.Language, BadRows = badRows }, stop);
        RemoveUnpacked();
        var progress = await batches.ReadProgressAsync(batch.Id, stop);
        display.End(progress, opened, (await batches.FindAsync(batch.Id, stop))?.Repeated ?? 0, folder.Output);
        // Throws if a source could not be read to its end.
        await reading;
        return progress.Failed > 0 || progress.Items == 0 || opened.AreIncomplete ? BatchExit.SomeFailed : BatchExit.Success;
    }

    private async Task<ModelIdentity> LoadModelAsync(CancellationToken ct)
    {
        await recognizers.StartAsync(ct);
        await recognizers.SettledAsync(ct);
        if (recognizers.Error is { } error)
            throw error;
        using var recognizer = await recognizers.RentAsync(null, ct);
        return recognizer.Value.Model.Identity;
    }

    private async Task<BatchEntry> FindAsync(BatchRequest request, ModelIdentity identity, CancellationToken ct)
    {
        var batch = await batches.FindAsync(Key, ct);
        // A batch without items was begun with a wrong source or option.
        if (batch is not null && (request.Restart || batch.Items == 0))
        {
            await deletion.DeleteAsync(batch.Id, ct);
            batch = null;
        }
        // Also what an earlier run left.
        await deletion.FinishAsync(ct);
        if (batch is not null && !BatchStore.HasOptions(batch, request.Options))
            throw BatchErrors.OtherOptions(folder.Output);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder.Output));
        batch ??= await batches.CreateAsync(name, request.Options, priority: 0, ct, Key);
        var model = BatchStore.ModelOf(identity);
        if (await batches.ClaimModelAsync(batch.Id, model, ct) is { } begun && begun != model)
            throw BatchErrors.OtherModel(folder.Output, begun, model);
        if (batch.Items > 0)
            await intake.BeginPassAsync(batch.Id, ct);
        return batch;
    }

    /// <summary>Waits until every item has its outcome, or the stop.</summary>
    private async Task WaitAsync(int id, Task reading, BatchDisplay display, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (engine.Failure is { } failure)
                throw failure;
            // In this order: errors of the sources come after the batch is marked as read, those of the database before.
            var failed = reading.IsFaulted;
            var batch = await batches.FindAsync(id, CancellationToken.None);
            if (batch is { State: BatchState.Done } or null)
                return;
            if (batch is { State: BatchState.Paused, Code: { } code })
                throw new RequestException(503, code, batch.Message!, batch.MessageZh!);
            if (failed && !batch.Sealed)
                await reading;
            if (display.IsDue)
                display.Show(await batches.ReadProgressAsync(id, CancellationToken.None), batch.Sealed);
        }
    }

    /// <summary>Removes the recordings of archives that have a result: the next ones may need the disk.</summary>
    private void RemoveUnpacked(IReadOnlyList<StoredOutcome> outcomes)
    {
        foreach (var (item, outcome) in outcomes)
        {
            if (outcome.Succeeded && item.Location.StartsWith(folder.Unpacked + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                Remove(() => File.Delete(item.Location));
        }
    }

    /// <summary>Removes all recordings of archives. Those that failed are unpacked again to retry them.</summary>
    private void RemoveUnpacked()
    {
        if (Directory.Exists(folder.Unpacked))
            Remove(() => Directory.Delete(folder.Unpacked, recursive: true));
    }

    private static void Remove(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file only takes space.
        }
    }
}
